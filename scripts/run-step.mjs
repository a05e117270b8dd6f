import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's top level. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a command with its output shown; true where it exited with 0. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status === 0
}

/** Runs a command quietly and gives its output; shows all of it, and throws, where it failed. */
export function output(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  })
  if (status === 0) return stdout
  throw new Error(
    `${command} ${args.join(' ')} failed (${status ?? error?.message})\n${stdout ?? ''}${stderr ?? ''}`,
  )
}
