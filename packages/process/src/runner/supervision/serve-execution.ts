import type { Socket } from 'node:net'
import { encodeFrame, frameType } from '../frames.ts'
import { resolveInRoot } from '../resolve-in-root.ts'
import { RunnerError } from '../runner-error.ts'
import { groupPaths } from '../state-directory.ts'
import type { SupervisorRequest } from '../supervisor-connection.ts'
import { containerEnvironment } from './container-environment.ts'
import type { GroupSupervisor } from './group-supervisor.ts'
import { RunningProcess } from './running-process.ts'
import { serveStreams } from './serve-streams.ts'
import { spawnProgram } from './spawn-program.ts'
import { toFailure } from './to-reply.ts'

/** Runs one program in a running container, with its streams as frames on the connection; it ends with the connection. */
export async function serveExecution(
  group: GroupSupervisor,
  socket: Socket,
  request: Extract<SupervisorRequest, { operation: 'exec' }>,
  rest: Buffer,
): Promise<void> {
  try {
    await execute(group, socket, request, rest)
  } catch (error) {
    socket.end(encodeFrame(frameType.failed, JSON.stringify(toFailure(error))))
  }
}

async function execute(
  group: GroupSupervisor,
  socket: Socket,
  request: Extract<SupervisorRequest, { operation: 'exec' }>,
  rest: Buffer,
): Promise<void> {
  const [container] = group.select(request.container)
  if (container?.running !== true) {
    throw new RunnerError(
      'not-running',
      `container ${request.container} of group ${group.record.name} is not running`,
    )
  }
  const [file = '', ...args] = request.command
  const attempt = spawnProgram({
    file,
    args,
    cwd: resolveInRoot(
      groupPaths('.').root(container.record.name),
      request.workingDirectory ?? container.record.workingDirectory,
    ),
    env: containerEnvironment(group, container.record.name, request.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const outcome = attempt instanceof Promise ? await attempt : attempt
  if ('message' in outcome) {
    const { exitCode, message } = outcome
    socket.end(encodeFrame(frameType.exited, JSON.stringify({ exitCode, signal: null, failure: message })))
    return
  }
  const { child, pid } = outcome
  const running = new RunningProcess(container.record.name, 'exec', child, pid)
  container.executions.add(running)
  socket.on('close', () => running.kill())
  socket.on('end', () => running.kill())
  // A program that closes its stdin early is its own affair.
  child.stdin?.on('error', () => {})
  serveStreams(socket, running, child.stdin, rest)

  const end = await running.exited
  await running.drain(group.record.uid, null)
  container.executions.delete(running)
  const result = { exitCode: end.exitCode, signal: end.signal, failure: null }
  if (socket.writable) socket.end(encodeFrame(frameType.exited, JSON.stringify(result)))
}
