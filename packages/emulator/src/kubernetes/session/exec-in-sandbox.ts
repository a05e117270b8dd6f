import { PassThrough } from 'node:stream'
import type { Backend, ExecOptions, Execution, Pod as Sandbox } from '../../backend/backend.ts'

/** `kill -TERM 1`: how a container is asked to end from within. */
const SIGNALS_FIRST = /^\s*kill(?:\s+-s)?(?:\s+-?(?:SIG)?([A-Z0-9]+))?\s+1\s*$/

/**
 * Runs a program in a container. Child processes of this machine see all of its processes: a shell that is to signal the first one means that of its
 * container, and never this machine's.
 */
export async function execInSandbox(
  backend: Backend,
  sandbox: Sandbox,
  container: string,
  command: readonly string[],
  options: ExecOptions,
): Promise<Execution> {
  const [, flag, script = ''] = command
  const meant = backend.kind === 'process' && flag === '-c' ? SIGNALS_FIRST.exec(script) : null
  if (meant === null) return await sandbox.exec(container, command, options)
  await sandbox.kill(container, `SIG${meant[1] ?? 'TERM'}`)
  return {
    stdin: new PassThrough().resume(),
    stdout: new PassThrough().end(),
    stderr: new PassThrough().end(),
    exited: Promise.resolve({ exitCode: 0 }),
    async resize() {},
    async close() {},
  }
}
