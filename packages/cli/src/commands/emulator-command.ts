import { once } from 'node:events'
import type { Emulator, EmulatorOptions, FaultRule, ServiceName } from '@berth/emulator'
import { parseList } from '../arguments/parse-list.ts'
import { readLocalFile } from '../arguments/read-local-file.ts'
import { Interrupted } from '../invocation/interruption.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { formatExports } from '../output/format-exports.ts'

export interface EmulatorFlags {
  readonly services: readonly string[]
  readonly backend?: string | undefined
  readonly profile?: string | undefined
  readonly timeScale?: string | undefined
  readonly seed?: string | undefined
  readonly port?: string | undefined
  readonly faults?: string | undefined
}

/** `berth emulator`: the clouds' own wire protocols on loopback, until ^C; its variables are its one result. */
export async function emulatorCommand(invocation: Invocation, flags: EmulatorFlags): Promise<number> {
  const { output, interruption } = invocation
  const options = await readOptions(flags)
  await using emulator = await start(options)
  using _owed = interruption.owes(() => 'berth emulator   # it removes what a killed one left behind')
  const { environment, endpoints, seed, backend, description } = emulator
  if (output.json) output.document({ environment, endpoints, seed, backend: backend.kind, description })
  else output.print(formatExports(environment))
  output.note(`emulating: ${description}; seed ${seed}\n${backend.kind}: ${backend.addressing}`)
  for (const [name, url] of Object.entries(endpoints)) output.note(`${name} at ${url}`)
  output.note('^C ends it and removes all that it runs')
  if (!interruption.signal.aborted) await once(interruption.signal, 'abort')
  await emulator.close()
  const { reason } = interruption.signal
  if (!(reason instanceof Interrupted)) throw reason
  return reason.exitCode
}

async function readOptions(flags: EmulatorFlags): Promise<EmulatorOptions> {
  const services = parseList(flags.services)
  const faults = flags.faults === undefined ? undefined : await readFaults(flags.faults)
  return {
    ...(services.length > 0 && { services: services as readonly ServiceName[] }),
    ...(flags.backend !== undefined && { backend: readBackend(flags.backend) }),
    ...(flags.profile !== undefined && { profile: readProfile(flags.profile) }),
    ...(flags.timeScale !== undefined && { timeScale: readNumber(flags.timeScale, '--time-scale') }),
    ...(flags.seed !== undefined && { seed: readNumber(flags.seed, '--seed') }),
    ...(flags.port !== undefined && { port: readNumber(flags.port, '--port') }),
    ...(faults && { faults }),
  }
}

/** Loaded here: nobody else needs it. What it says of wrong options is wrong usage. */
async function start(options: EmulatorOptions): Promise<Emulator> {
  const { startEmulator } = await import('@berth/emulator')
  try {
    return await startEmulator(options)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new UsageError(error.message, { cause: error })
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new Error(`port ${options.port} or one of the next five is taken; choose another: --port`, {
        cause: error,
      })
    throw error
  }
}

function readBackend(text: string): 'auto' | 'docker' | 'process' | 'none' {
  if (text === 'auto' || text === 'docker' || text === 'process' || text === 'none') return text
  throw new UsageError(`--backend ${text}: it is auto, docker, process or none`)
}

function readProfile(text: string): 'instant' | 'recorded' {
  if (text === 'instant' || text === 'recorded') return text
  throw new UsageError(`--profile ${text}: it is instant or recorded`)
}

function readNumber(text: string, option: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0)) throw new UsageError(`${option} ${text}: it is a number`)
  return value
}

async function readFaults(path: string): Promise<readonly FaultRule[]> {
  const text = (await readLocalFile(path, '--faults')).toString()
  let rules: unknown
  try {
    rules = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`--faults: ${path} is no JSON: ${(error as Error).message}`, { cause: error })
  }
  if (!Array.isArray(rules))
    throw new UsageError(`--faults: ${path} holds no list of rules; docs/emulator.md shows one`)
  return rules
}
