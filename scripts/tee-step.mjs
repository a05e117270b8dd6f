import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from './run-step.mjs'

/** How long what a command has started in the background may still hold its output open. */
const PATIENCE_IN_MS = 2_000

/**
 * Runs a command with its output shown as it comes, and written besides to `<name>.stdout` and `<name>.stderr` in a directory, each whole for
 * itself; true where it exited with 0. It writes to a pipe, so it is told to colour where this terminal does. Where it is not shown, for
 * its output would mix with that of a command beside it, `show` does so later.
 */
export async function tee(directory, name, command, args, { isShown = true, ...options } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    shell: process.platform === 'win32',
    ...options,
    stdio: ['inherit', 'pipe', 'pipe'],
    env: { ...process.env, ...colour(), ...options.env },
  })
  const transcripts = ['stdout', 'stderr'].map((stream) => {
    const transcript = createWriteStream(join(directory, `${name}.${stream}`), { flags: 'a', mode: 0o600 })
    child[stream].on('data', (chunk) => {
      if (isShown) process[stream].write(chunk)
      transcript.write(chunk)
    })
    return transcript
  })
  const closed = once(child, 'close')
  closed.catch(() => {})
  try {
    const [status] = await once(child, 'exit')
    await Promise.race([closed, delay(PATIENCE_IN_MS, undefined, { ref: false })])
    return status === 0
  } catch (error) {
    console.error(`${command}: ${error.message}`)
    return false
  } finally {
    child.stdout?.destroy()
    child.stderr?.destroy()
    await Promise.all(transcripts.map((transcript) => new Promise((resolve) => transcript.end(resolve))))
  }
}

/** Shows what a command has written. */
export async function show(directory, name) {
  for (const stream of ['stdout', 'stderr']) {
    await pipeline(createReadStream(join(directory, `${name}.${stream}`)), process[stream], { end: false })
  }
}

function colour() {
  const shows =
    process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.FORCE_COLOR === undefined
  return shows ? { FORCE_COLOR: '1' } : {}
}
