import type { Command, CommanderError } from 'commander'
import { EXIT_CODE } from './invocation/exit-code.ts'
import { createProgram } from './program.ts'
import { readVersion } from './read-version.ts'

/** Does what a command line says, and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // Who stops reading half-way has seen enough; a command that writes more than this hears of it in its own way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const program = createProgram(readVersion())
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {} })
  }
  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (!isCommanderError(error)) throw error
    process.exitCode = answer(error, program, argv)
  }
}

function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')
}

/** Help and version were asked for and are written already; the rest is wrong usage. */
function answer({ code, message }: CommanderError, program: Command, argv: readonly string[]): number {
  if (code === 'commander.helpDisplayed' || code === 'commander.version') return EXIT_CODE.done
  const named = program.commands.find((command) => command.name() === argv[2])
  const wanted = code === 'commander.help' ? 'name a command' : message.replace(/^error: /, '')
  const text = `${wanted}\n${advise(code, named)}`
  const ours = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined)
  if (ours.includes('--json'))
    console.log(JSON.stringify({ error: { code: 'usage', message: text, retryable: false } }))
  else console.error(`error: ${text}`)
  return EXIT_CODE.usage
}

function advise(code: string, named: Command | undefined): string {
  const help = `see 'berth ${named ? `${named.name()} ` : ''}--help'`
  const takesWords = named !== undefined && ['run', 'time', 'exec'].includes(named.name())
  if (code !== 'commander.unknownOption' || !takesWords) return help
  return `${help}; what is meant for the container goes after a '--'`
}
