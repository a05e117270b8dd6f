import { join, posix } from 'node:path'

/**
 * The place of a container's path in its own directory: `/etc/app.json` and `etc/app.json` are `<root>/etc/app.json`.
 * @throws TypeError when the path leads out of it
 */
export function resolveInRoot(root: string, path: string): string {
  if (path.includes('\0')) throw new TypeError('a path in a container holds no zero byte')
  if (path.split('/').includes('..')) {
    throw new TypeError(`a path in a container has no .. part, but this one has: ${JSON.stringify(path)}`)
  }
  return join(root, posix.normalize(`/${path}`))
}
