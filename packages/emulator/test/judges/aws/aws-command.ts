import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** AWS' own command line, with a configuration that nobody else sees. */
export interface AwsCommand extends AsyncDisposable {
  /** Runs it, and reads its answer. Throws what it wrote where it fails. */
  json<Answer>(...words: readonly string[]): Promise<Answer>
}

/** Whether there is an aws on this machine that runs. */
export function hasAws(): boolean {
  return spawnSync('aws', ['--version']).status === 0
}

/** An aws that knows nothing but what the given variables tell it. */
export async function awsCommand(environment: Readonly<Record<string, string>>): Promise<AwsCommand> {
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
      const { stdout } = await promisify(execFile)('aws', all, { cwd: directory, env })
      return stdout.trim() === '' ? null : JSON.parse(stdout)
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}
