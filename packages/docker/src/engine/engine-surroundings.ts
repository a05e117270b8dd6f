/** All that finding an engine (or registry credentials) asks of the machine; give another one to try it out. */
export interface EngineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The user's home directory. */
  readonly home: string
  /** A text file's content, null where it does not exist; other failures are thrown. */
  readText(path: string): Promise<string | null>
  /** Connects to a socket or pipe and closes it again: null when something listens, else the error code (`ENOENT`). */
  tryConnect(path: string): Promise<string | null>
}

/** The process' own environment, files and sockets. */
export async function processSurroundings(): Promise<EngineSurroundings> {
  const { homedir } = await import('node:os')
  return { environment: process.env, platform: process.platform, home: homedir(), readText, tryConnect }
}

async function readText(path: string): Promise<string | null> {
  const { readFile } = await import('node:fs/promises')
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

async function tryConnect(path: string): Promise<string | null> {
  const { connect } = await import('node:net')
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(null)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}
