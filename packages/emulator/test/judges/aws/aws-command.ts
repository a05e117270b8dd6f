import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** AWS' own command line, with a configuration that nobody else sees. */
export interface AwsCommand extends AsyncDisposable {
  /** Runs it, and reads its answer. Throws what it wrote where it fails. */
  json<Answer>(...words: readonly string[]): Promise<Answer>
}

/** An aws that runs on this machine. */
export interface AwsProgram {
  readonly path: string
  /** `2.9.19` */
  readonly version: string
}

/** The newest of those on the path: a system's own may stand behind an older one that somebody has put before it. */
export function findAws(): AwsProgram | undefined {
  const found = (process.env.PATH ?? '').split(delimiter).flatMap((directory) => {
    const path = join(directory, 'aws')
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    const version = /^aws-cli\/([\d.]+)/.exec(stdout ?? '')?.[1]
    return version === undefined ? [] : [{ path, version }]
  })
  const newestFirst = (one: AwsProgram, other: AwsProgram) =>
    other.version.localeCompare(one.version, 'en', { numeric: true })
  return found.toSorted(newestFirst)[0]
}

/** One that knows nothing but what the given variables tell it. */
export async function awsCommand(
  { path }: AwsProgram,
  environment: Readonly<Record<string, string>>,
): Promise<AwsCommand> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-aws-'))
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LANG: 'C.UTF-8',
    AWS_CONFIG_FILE: join(directory, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
    AWS_PAGER: '',
    ...environment,
    // The older ones do not read it from the environment.
    AWS_ENDPOINT_URL: undefined,
  }
  const endpoint = environment.AWS_ENDPOINT_URL ?? ''
  return {
    async json(...words) {
      const all = ['--endpoint-url', endpoint, '--output', 'json', ...words]
      const { stdout } = await promisify(execFile)(path, all, { cwd: directory, env })
      return stdout.trim() === '' ? null : JSON.parse(stdout)
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}
