import { BerthError } from '@berth/core'
import { errorJson } from '../output/error-json.ts'
import { formatError } from '../output/format-error.ts'
import { flushOutput, Output } from '../output/output.ts'
import { ProviderSet } from '../providers/provider-set.ts'
import { EXIT_CODE } from './exit-code.ts'
import { Interrupted, Interruption, OutputError } from './interruption.ts'
import type { Work } from './invocation.ts'
import { UsageError } from './usage-error.ts'

/** A cloud that does not close its connections must not keep the command from ending. */
const CLOSE_LIMIT_IN_MS = 2_000

/** Does a command's work with all that it needs, tells what went wrong, and ends the process. */
export async function invoke(options: { readonly json?: boolean | undefined }, work: Work): Promise<never> {
  const output = new Output(options.json ?? false, (error) => interruption.unwritable(error))
  const interruption = new Interruption((text) => output.warn(text))
  const providers = new ProviderSet(process.cwd())
  let exitCode: number
  try {
    exitCode = await work({ output, interruption, providers })
  } catch (error) {
    exitCode = report(error, output, interruption)
  }
  await Promise.race([providers.close().catch(() => {}), wait(CLOSE_LIMIT_IN_MS)])
  await flushOutput()
  const { reason } = interruption.signal
  if (reason instanceof OutputError) {
    output.warn(formatError(reason))
    exitCode = EXIT_CODE.failed
  }
  process.exit(exitCode)
}

function report(error: unknown, output: Output, { signal }: Interruption): number {
  const { reason } = signal
  if (reason instanceof OutputError) return EXIT_CODE.failed
  if (reason instanceof Interrupted && error === reason) {
    if (output.json && reason.by !== 'SIGPIPE') output.document({ error: errorJson(reason) })
    return reason.exitCode
  }
  if (output.json) output.document({ error: errorJson(error) })
  else output.warn(formatError(error))
  if (reason instanceof Interrupted) return reason.exitCode
  return isWrongUsage(error) ? EXIT_CODE.usage : EXIT_CODE.failed
}

/** A spec that no cloud, or not this one, can take is the asker's to change: nothing was started. */
function isWrongUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true
  return BerthError.isInstance(error) && (error.code === 'invalid-spec' || error.code === 'unsupported')
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}
