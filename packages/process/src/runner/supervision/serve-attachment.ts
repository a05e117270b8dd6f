import type { Socket } from 'node:net'
import { encodeFrame, frameType } from '../frames.ts'
import { RunnerError } from '../runner-error.ts'
import type { SupervisorRequest } from '../supervisor-connection.ts'
import type { GroupSupervisor } from './group-supervisor.ts'
import { serveStreams } from './serve-streams.ts'
import { toFailure } from './to-reply.ts'

/** Connects a client with the main process of a container. The process goes on without it, save that an input that it had attached ends. */
export async function serveAttachment(
  group: GroupSupervisor,
  socket: Socket,
  request: Extract<SupervisorRequest, { operation: 'attach' }>,
  rest: Buffer,
): Promise<void> {
  try {
    await attach(group, socket, request, rest)
  } catch (error) {
    socket.end(encodeFrame(frameType.failed, JSON.stringify(toFailure(error))))
  }
}

async function attach(
  group: GroupSupervisor,
  socket: Socket,
  { container: name, stdin }: Extract<SupervisorRequest, { operation: 'attach' }>,
  rest: Buffer,
): Promise<void> {
  const [container] = group.select(name)
  const main = container?.main
  if (!main) {
    throw new RunnerError('not-running', `container ${name} of group ${group.record.name} is not running`)
  }
  const input = stdin ? main.child.stdin : null
  socket.on('end', () => socket.end())
  socket.on('close', () => input?.end())
  serveStreams(socket, main, input, rest)
  const { exitCode, signal } = await main.exited
  await main.drain(group.record.uid, null)
  if (socket.writable)
    socket.end(encodeFrame(frameType.exited, JSON.stringify({ exitCode, signal, failure: null })))
}
