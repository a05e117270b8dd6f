import { createServer, type Server, type Socket } from 'node:net'
import type { LogTick, SupervisorReply, SupervisorRequest } from '../supervisor-connection.ts'
import type { GroupSupervisor } from './group-supervisor.ts'
import { serveAttachment } from './serve-attachment.ts'
import { serveExecution } from './serve-execution.ts'
import { toFailure, toSignal } from './to-reply.ts'

/** Serves the group's socket: one request a connection, in its first line. */
export function controlServer(group: GroupSupervisor): Server {
  // A client that has no more to send may still read.
  return createServer({ allowHalfOpen: true }, (socket) => {
    // A client that dies shows as `close`.
    socket.on('error', () => {})
    let received: Buffer = Buffer.alloc(0)
    const receive = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const lineEnd = received.indexOf('\n')
      if (lineEnd === -1) return
      socket.off('data', receive)
      serve(group, socket, received.toString('utf8', 0, lineEnd), received.subarray(lineEnd + 1)).catch(
        (error: unknown) => socket.end(toLine(toFailure(error))),
      )
    }
    socket.on('data', receive)
    socket.on('end', () => received.length === 0 && socket.end())
  })
}

async function serve(group: GroupSupervisor, socket: Socket, line: string, rest: Buffer): Promise<void> {
  const request = JSON.parse(line) as SupervisorRequest
  switch (request.operation) {
    case 'exec':
      return serveExecution(group, socket, request, rest)
    case 'attach':
      return serveAttachment(group, socket, request, rest)
    case 'watch':
      return serveWatch(group, socket)
    case 'follow':
      return serveFollow(group, socket, request.container)
    case 'stop':
      await group.stop(request.graceInMs, toSignal(request.stopSignal))
      break
    case 'kill':
      for (const container of group.select(request.container)) container.signal(toSignal(request.stopSignal))
      break
    case 'restart':
      await Promise.all(
        group.select(request.container).map((container) => container.restart(request.graceInMs)),
      )
      break
  }
  socket.end(toLine({ state: group.state } satisfies SupervisorReply))
}

function serveWatch(group: GroupSupervisor, socket: Socket): void {
  const tell = () => {
    socket.write(toLine({ state: group.state } satisfies SupervisorReply))
    if (group.ended) socket.end()
  }
  endWithClient(socket, group.watch(tell))
  tell()
}

function serveFollow(group: GroupSupervisor, socket: Socket, name: string | null): void {
  const container = group.containers.find((candidate) => candidate.record.name === name)
  const tell = () => {
    const ended = group.ended || container?.done === true
    socket.write(toLine({ size: group.log.size, ended } satisfies LogTick))
    if (ended) socket.end()
  }
  endWithClient(socket, group.log.follow(tell))
  tell()
}

function endWithClient(socket: Socket, unsubscribe: () => void): void {
  socket.resume()
  socket.on('end', () => socket.end())
  socket.on('close', unsubscribe)
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
