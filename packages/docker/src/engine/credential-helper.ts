import { EngineConfigurationError } from './engine-configuration-error.ts'
import type { RegistryAuth } from './registry-auth.ts'

/** Runs `docker-credential-NAME get` with the server on stdin. */
export type RunHelper = (program: string, server: string, signal?: AbortSignal) => Promise<HelperResult>

/** How the helper ended. What it wrote may hold the secret. */
export interface HelperResult {
  readonly exitCode: number | null
  readonly stdout: string
}

/** The user name that says: the secret is a token. */
const tokenUser = '<token>'

/**
 * Asks a credential helper of docker. Null where it has nothing for that server.
 *
 * @throws EngineConfigurationError when it is missing or fails; what it wrote is not repeated
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  signal?: AbortSignal,
  run: RunHelper = runHelper,
): Promise<RegistryAuth | null> {
  const program = `docker-credential-${name}`
  const advice = `try "echo ${server} | ${program} get", or change credsStore/credHelpers in config.json`
  const { exitCode, stdout } = await run(program, server, signal)
  if (exitCode !== 0) {
    // helpers tell this, and only this, by a fixed text
    if (/credentials not found/i.test(stdout)) return null
    throw new EngineConfigurationError(
      'invalid',
      `${program} failed with exit code ${exitCode} for ${server}: ${advice}`,
    )
  }
  const { Username: username, Secret: secret } = parseAnswer(stdout, program, advice)
  if (username === tokenUser) return { serveraddress: server, identitytoken: secret }
  return { serveraddress: server, username, password: secret }
}

function parseAnswer(stdout: string, program: string, advice: string): { Username: string; Secret: string } {
  try {
    const { Username, Secret } = JSON.parse(stdout) as { Username?: unknown; Secret?: unknown }
    if (typeof Username === 'string' && typeof Secret === 'string') return { Username, Secret }
  } catch {
    // the parser's own message quotes the answer, secret and all
  }
  throw new EngineConfigurationError(
    'invalid',
    `${program} did not answer with a user name and a secret: ${advice}`,
  )
}

async function runHelper(program: string, server: string, signal?: AbortSignal): Promise<HelperResult> {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { stdio: ['pipe', 'pipe', 'ignore'], signal, windowsHide: true })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      stdout += part
    })
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason)
      else reject(new EngineConfigurationError('not-found', missing(program, error)))
    })
    child.once('close', (exitCode) => resolve({ exitCode, stdout }))
    child.stdin.on('error', () => {}) // a helper that fails before it reads: its exit code tells
    child.stdin.end(server)
  })
}

function missing(program: string, error: NodeJS.ErrnoException): string {
  return (
    `${program} cannot be run (${error.code}): config.json names it in credsStore or credHelpers. ` +
    'Put it on PATH, or remove it there'
  )
}
