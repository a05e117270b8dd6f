import { Readable } from 'node:stream'
import type { EngineClient } from './engine/index.ts'

/** A user and a group by their numbers. */
export interface FileOwner {
  readonly uid: number
  readonly gid: number
}

const ROOT: FileOwner = { uid: 0, gid: 0 }

/**
 * As whom a container runs, so that it can read files that only their owner may (a secret's are 0400).
 * A name is looked up in the container's own `/etc/passwd`; one that is not there is root's, and the start will say so.
 *
 * @param user the plan's; left out: the image's
 */
export async function findFileOwner(
  engine: EngineClient,
  id: string,
  user: string | undefined,
  signal: AbortSignal,
): Promise<FileOwner> {
  const written = user ?? (await imageUser(engine, id, signal))
  if (written === '') return ROOT
  const [name = '', group = ''] = written.split(':')
  if (isNumber(name) && isNumber(group)) return { uid: Number(name), gid: Number(group) }
  const entry = await findEntry(
    engine,
    id,
    '/etc/passwd',
    (fields) => fields[isNumber(name) ? 2 : 0] === name,
    signal,
  )
  const uid = isNumber(name) ? Number(name) : Number(entry?.[2] ?? 0)
  if (group === '') return { uid, gid: Number(entry?.[3] ?? 0) }
  if (isNumber(group)) return { uid, gid: Number(group) }
  const groupEntry = await findEntry(engine, id, '/etc/group', (fields) => fields[0] === group, signal)
  return { uid, gid: Number(groupEntry?.[2] ?? 0) }
}

async function imageUser(engine: EngineClient, id: string, signal: AbortSignal): Promise<string> {
  const inspected = await engine.containers.inspect(id, { signal })
  return (inspected?.Config as { readonly User?: string } | undefined)?.User ?? ''
}

/** The fields of the first line of a colon-separated file that is wanted. */
async function findEntry(
  engine: EngineClient,
  id: string,
  path: string,
  isWanted: (fields: readonly string[]) => boolean,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const archive = await engine.containers.getArchive(id, path, { signal })
  if (archive === null) return undefined
  const { unpackTar } = await import('modern-tar')
  const entries = await unpackTar(Readable.toWeb(archive.tar) as ReadableStream<Uint8Array>)
  const text = Buffer.from(entries[0]?.data ?? new Uint8Array()).toString('utf8')
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .find(isWanted)
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}
