import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import {
  identifySelf,
  isAlive,
  makePrivateDirectory,
  type ProcessIdentity,
  processRunner,
} from '@berth/process/runner'

/** Where one process keeps what its emulator of some name runs. */
export interface StateFolder {
  /** For the runner of the containers. */
  readonly runner: string
  /** For the volumes, a folder a pod. */
  readonly volumes: string
  remove(): Promise<void>
}

/** A folder without an owner belongs to a process that is just making it, unless it is older. */
const makingInMs = 60_000

/** Makes a folder of this process for an emulator of that name; `directory` holds those of all emulators. */
export async function makeStateFolder(name: string, directory = defaultDirectory()): Promise<StateFolder> {
  await makePrivateDirectory(directory)
  const path = join(directory, name, randomBytes(4).toString('hex'))
  await mkdir(path, { recursive: true, mode: 0o700 })
  await writeFile(join(path, 'owner.json'), JSON.stringify(identifySelf()))
  return {
    runner: runnerOf(path),
    volumes: join(path, 'volumes'),
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 5 })
      await removeIfEmpty(join(directory, name))
    },
  }
}

/** Ends and deletes what emulators of that name left behind whose process is no more; resolves with the number of their containers. */
export async function removeProcessLeftovers(name: string, directory = defaultDirectory()): Promise<number> {
  let count = 0
  for (const folder of await readdir(join(directory, name)).catch(() => [])) {
    const path = join(directory, name, folder)
    if (await isOwned(path)) continue
    const runner = processRunner({ directory: runnerOf(path) })
    const groups = await runner.list()
    await Promise.all(groups.map((group) => runner.remove(group.name)))
    await rm(path, { recursive: true, force: true, maxRetries: 5 })
    count += groups.length
  }
  await removeIfEmpty(join(directory, name))
  return count
}

/** Another emulator may have its folder beside. */
async function removeIfEmpty(path: string): Promise<void> {
  await rmdir(path).catch(() => {})
}

async function isOwned(path: string): Promise<boolean> {
  try {
    return await isAlive(JSON.parse(await readFile(join(path, 'owner.json'), 'utf8')) as ProcessIdentity)
  } catch {
    const found = await stat(path).catch(() => null)
    return found !== null && Date.now() - found.mtimeMs < makingInMs
  }
}

function runnerOf(path: string): string {
  return join(path, 'runner')
}

function defaultDirectory(): string {
  const { uid, username } = userInfo()
  return join(process.env.XDG_RUNTIME_DIR || tmpdir(), `berth-emulator-${uid === -1 ? username : uid}`)
}
