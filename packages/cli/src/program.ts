import { Command } from 'commander'
import type { DoctorFlags } from './commands/doctor-command.ts'
import type { EmulatorFlags } from './commands/emulator-command.ts'
import type { ExecFlags } from './commands/exec-command.ts'
import type { LogsFlags } from './commands/logs-command.ts'
import type { PsFlags } from './commands/ps-command.ts'
import type { RmFlags } from './commands/rm-command.ts'
import type { RunFlags } from './commands/run-command.ts'
import type { StopFlags } from './commands/stop-command.ts'
import type { SweepFlags } from './commands/sweep-command.ts'
import type { TimeFlags } from './commands/time-command.ts'
import type { Work } from './invocation/invocation.ts'

interface Common {
  readonly json?: true | undefined
}

/**
 * The commands with their arguments and options. Nothing but this is loaded to answer `--help` or to refuse a flag: each command's
 * work, core and the adapters come in when they are used.
 */
export function createProgram(version: string): Command {
  const program = new Command('berth')
    .description('Start a container on any cloud, and see where every second of the start went.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', AFTER_HELP)

  addContainerOptions(
    command(program, 'run', 'start a container and stay with it, or leave it running (--detach)'),
  )
    .argument('<image>', 'what to run')
    .argument('[args...]', "the image's arguments; those that begin with '-' go after a '--'")
    .optionsGroup('The run:')
    .option(
      '--on <provider>',
      "where to run it (default: docker where an engine answers, else process; 'berth providers' lists them)",
    )
    .option('-d, --detach', 'return when it is ready, print its id and leave it running')
    .option('--name <name>', 'its name, for people and for the id')
    .option('--timeout <duration>', 'how long it may take to be ready (default: 10m)')
    .option('--lifetime <duration>', 'end it for sure after so long: 1h')
    .option('--lease <duration>', 'with --detach: end it when nobody has renewed it for so long')
    .option('--restart <policy>', 'never (default), on-failure or always')
    .action((image: string, args: string[], flags: RunFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/run-command.ts')).runCommand(invocation, image, args, flags),
      ),
    )

  addContainerOptions(command(program, 'time', 'time one start on each provider, side by side'))
    .argument('[image]', 'what to start; an image of its own can stand with each --on')
    .argument('[args...]', "the image's arguments; those that begin with '-' go after a '--'")
    .optionsGroup('The measurement:')
    .option(
      '--on <provider[=image]>',
      'where, and what if it is not the same everywhere; repeat it or part by commas',
      collect,
      [],
    )
    .option('--sequential', 'one after the other, so that starts on one machine do not share it')
    .option('--timeout <duration>', 'how long each may take to be ready (default: 10m)')
    .option('--report <file>', 'write the report to FILE.html, and its data to FILE.json')
    .action((image: string | undefined, args: string[], flags: TimeFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/time-command.ts')).timeCommand(invocation, image, args, flags),
      ),
    )

  command(program, 'ps', 'list the runs on all configured providers')
    .option('--on <provider>', ON, collect, [])
    .option('-q, --quiet', 'print ids only')
    .action((flags: PsFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/ps-command.ts')).psCommand(invocation, flags),
      ),
    )

  command(program, 'logs', "print a run's output")
    .argument('<id>', ID)
    .option('--on <provider>', ON, collect, [])
    .option('-f, --follow', 'go on until the container has ended for good')
    .option('--since <time>', 'only lines since then: 10m ago, or a date')
    .option('-n, --tail <lines>', 'only the last so many lines')
    .option('-c, --container <name>', "another container of the run; '*' for all (default: main)")
    .option('--previous', 'of the instance before the last restart')
    .option('-t, --timestamps', "put each line's time before it")
    .action((id: string, flags: LogsFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/logs-command.ts')).logsCommand(invocation, id, flags),
      ),
    )

  command(program, 'exec', 'run a command in a container that runs; its exit code is passed on')
    .usage('[options] <id> -- <command...>')
    .argument('<id>', ID)
    .argument('<command...>', "the command; after a '--' where a word of it begins with '-'")
    .option('--on <provider>', ON, collect, [])
    .option('-i, --interactive', 'pass the input on')
    .option('-t, --tty', 'in a terminal')
    .option('-c, --container <name>', 'another container of the run (default: main)')
    .option('-e, --env <key=value>', 'a variable of its environment; repeatable', collect, [])
    .option('-u, --user <user>', 'as this user')
    .option('-w, --workdir <path>', 'in this directory')
    .action((id: string, words: string[], flags: ExecFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/exec-command.ts')).execCommand(invocation, id, words, flags),
      ),
    )

  command(program, 'stop', 'stop runs; they can still be looked at until they are removed')
    .argument('<id...>', ID)
    .option('--on <provider>', ON, collect, [])
    .option('--grace <duration>', 'how long their processes get to end by themselves (default: 10s)')
    .action((ids: string[], flags: StopFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/stop-command.ts')).stopCommand(invocation, ids, flags),
      ),
    )

  command(program, 'rm', 'remove runs, running or not, and wait until they are gone')
    .argument('[id...]', ID)
    .option('-f, --force', 'one that is not there is no error; needed with --all')
    .option('--all', 'every run, whoever started it')
    .option('--on <provider>', ON, collect, [])
    .action((ids: string[], flags: RmFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/rm-command.ts')).rmCommand(invocation, ids, flags),
      ),
    )

  command(program, 'sweep', 'remove the runs that nobody holds any more')
    .option('--on <provider>', ON, collect, [])
    .option('-n, --dry-run', 'say what would go, and touch nothing')
    .option('--setup', "also what 'berth doctor --fix' has made and nothing uses any more; needs --on")
    .action((flags: SweepFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/sweep-command.ts')).sweepCommand(invocation, flags),
      ),
    )

  command(program, 'providers', 'list the configured providers and what they can do').action(
    (flags: Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/providers-command.ts')).providersCommand(invocation),
      ),
  )

  command(program, 'doctor', 'check what is configured, reachable and permitted, and say how to mend it')
    .argument('[provider...]', 'only these; the exit code then tells whether one failed')
    .option('--fix', 'make what runs need and what is missing, each tagged as ours; needs a named provider')
    .action((names: string[], flags: DoctorFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/doctor-command.ts')).doctorCommand(invocation, names, flags),
      ),
    )

  command(
    program,
    'emulator',
    "serve the clouds' own APIs on loopback, until ^C; prints the variables that point clients at it",
  )
    .option(
      '--services <service>',
      'only these: aci, ecs, kubernetes, gke; repeat it or part by commas',
      collect,
      [],
    )
    .option('--backend <kind>', 'where containers run: auto (default), docker, process or none')
    .option('--profile <name>', 'how long starts take: instant (default) or recorded')
    .option('--time-scale <factor>', 'so many times faster: 10')
    .option('--seed <number>', 'draws the same durations and faults again')
    .option('--port <number>', 'the first port; https is at the next one, AWS at the third (default: any)')
    .option('--faults <file>', 'what shall go wrong: a JSON list of rules')
    .action((flags: EmulatorFlags & Common) =>
      work(flags, async (invocation) =>
        (await import('./commands/emulator-command.ts')).emulatorCommand(invocation, flags),
      ),
    )
  return program
}

const ID = "provider/ref as 'berth ps' shows it, a name, or the beginning of one that no other has"
const ON = 'only these providers; repeat it or part by commas'

const AFTER_HELP = `
Examples:
  berth run nginx -p 80 --ready http:/
  berth run --detach nginx -p 8080:80
  berth time nginx --on docker -p 80 --ready http:/ --report nginx.html
  berth exec web -it -- sh

Providers come from berth.config.ts in the working directory, or need no configuration.
Exit codes: 0 done, 1 the run failed, 2 wrong usage, 130 interrupted after cleaning up.`

function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .option('--json', JSON_HELP)
}

const JSON_HELP = 'print JSON on stdout and nothing else'

function addContainerOptions(target: Command): Command {
  return target
    .optionsGroup('The container:')
    .option(
      '-p, --publish <port>',
      "a port it listens on: 80, 8080:80 (the host's first), 53/udp; repeatable",
      collect,
      [],
    )
    .option(
      '--ready <probe>',
      'when it is ready: http:/path, tcp, log:TEXT, exec:COMMAND, health, started, exited',
    )
    .option(
      '-e, --env <key=value>',
      'a variable of its environment, or KEY alone to take ours; repeatable',
      collect,
      [],
    )
    .option('--env-file <file>', 'variables from a file; repeatable', collect, [])
    .option(
      '--env-from <file>',
      'the same, for a file that sets NODE_OPTIONS: Node.js itself reads --env-file',
      collect,
      [],
    )
    .option(
      '--secret <key=value>',
      'a variable that is shown nowhere: KEY=VALUE, KEY=@FILE, or KEY alone to take ours; repeatable',
      collect,
      [],
    )
    .option('--cpu <vcpus>', 'vCPUs: 0.5')
    .option('--memory <amount>', 'memory: 512Mi, 2G')
    .option(
      '--file <source:destination>',
      'a file of ours that stands in it: ./site.conf:/etc/site.conf; repeatable',
      collect,
      [],
    )
    .option(
      '-v, --volume <source:path>',
      'NAME:/path, /host/directory:/path, or /path for one that goes with it; :ro; repeatable',
      collect,
      [],
    )
    .option('--entrypoint <program>', "replaces the image's entrypoint")
    .option('-w, --workdir <path>', 'its working directory')
    .option('-u, --user <user>', 'a user name or number: 1000:1000')
    .option('-l, --label <key=value>', 'a label of yours; repeatable', collect, [])
    .option('--arch <architecture>', 'amd64 or arm64')
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value]
}

async function work({ json }: Common, does: Work): Promise<void> {
  const { invoke } = await import('./invocation/invoke.ts')
  await invoke({ json }, does)
}
