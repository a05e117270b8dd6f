import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BerthError, type CallContext, type Session } from '@berth/core'
import type { KubernetesHost } from './kubernetes-host.ts'
import { MAIN } from './kubernetes-names.ts'
import { openKubernetesSession } from './open-kubernetes-session.ts'

const LONGEST_WORDS = 4_096

/** Unpacks a tar stream below a directory of a running container, by the tar that its image has. */
export async function copyInto(
  host: KubernetesHost,
  ref: string,
  path: string,
  tar: Readable,
  container: string | undefined,
  context: CallContext,
): Promise<void> {
  const session = await runTar(host, ref, ['tar', '-xf', '-', '-C', path], container, context)
  session.stdout.resume()
  const words = readWords(session.stderr)
  // A tar that ends early says why; that it does not read on is no news.
  const fed = pipeline(tar, session.stdin).catch(() => {})
  const { exitCode } = await session.exited
  await fed
  if (exitCode === 0) return
  throw failed(ref, `could not be unpacked at ${path}`, await words)
}

/** A tar stream of a file or directory of a running container. */
export async function copyOutOf(
  host: KubernetesHost,
  ref: string,
  path: string,
  container: string | undefined,
  context: CallContext,
): Promise<Readable> {
  const directory = path.slice(0, path.lastIndexOf('/')) || '/'
  const name = path.slice(path.lastIndexOf('/') + 1)
  const command = ['tar', '-cf', '-', '-C', directory, '--', name]
  const session = await runTar(host, ref, command, container, context)
  session.stdin.end()
  const words = readWords(session.stderr)
  const archive = new PassThrough()
  session.stdout.pipe(archive, { end: false })
  session.exited
    .then(async ({ exitCode }) => {
      if (exitCode === 0) archive.end()
      else archive.destroy(missing(ref, path, await words))
    })
    .catch((error: unknown) => archive.destroy(error as Error))
  // What is not there shows before the first byte.
  await Promise.race([once(archive, 'readable'), once(archive, 'end')])
  return archive
}

async function runTar(
  host: KubernetesHost,
  ref: string,
  command: readonly string[],
  container: string = MAIN,
  context: CallContext,
): Promise<Session> {
  const options = {
    container,
    tty: false,
    stdin: true,
    env: {},
    workingDirectory: undefined,
    user: undefined,
  }
  return await openKubernetesSession(host, ref, command, options, context)
}

async function readWords(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream) if (text.length < LONGEST_WORDS) text += String(chunk)
  return text.trim()
}

function missing(ref: string, path: string, words: string): BerthError {
  const isAbsent = /no such file|cannot stat|not found/i.test(words)
  if (!isAbsent) return failed(ref, `${path} could not be read`, words)
  return new BerthError({ code: 'not-found', message: `${ref} has no ${path}` })
}

function failed(ref: string, what: string, words: string): BerthError {
  return new BerthError({ code: 'internal', message: `${ref}: ${what}: ${words || 'tar does not say why'}` })
}
