import type { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { encodeCredit, encodeFrame, type Frame, FrameDecoder, frameType } from '../frames.ts'
import type { RunningProcess } from './running-process.ts'

/** The process' streams as frames on a connection: what the client sends goes to `stdin`, if it has one, and both outputs go to the client. */
export function serveStreams(
  socket: Socket,
  running: RunningProcess,
  stdin: Writable | null,
  rest: Buffer,
): void {
  socket.write(encodeFrame(frameType.started, JSON.stringify({ pid: running.pid })))
  const decoder = new FrameDecoder()
  const receive = (chunk: Buffer) => {
    for (const frame of decoder.push(chunk)) takeFrame(frame)
  }
  const takeFrame = ({ type, payload }: Frame) => {
    if (type === frameType.stdin) {
      const taken = () => socket.writable && socket.write(encodeCredit(payload.length))
      if (stdin === null) taken()
      else stdin.write(payload, taken)
    } else if (type === frameType.stdinEnd) stdin?.end()
    else if (type === frameType.signal) running.signal(payload.toString() as NodeJS.Signals)
  }
  socket.on('data', receive)
  receive(rest)
  const { stdout, stderr } = running.child
  if (stdout !== null) forward(stdout, frameType.stdout, socket)
  if (stderr !== null) forward(stderr, frameType.stderr, socket)
}

/** Sends output as frames, no faster than the client reads. */
function forward(source: Readable, type: number, socket: Socket): void {
  const send = (chunk: Buffer) => {
    if (!socket.writable || socket.write(encodeFrame(type, chunk))) return
    source.pause()
    socket.once('drain', () => source.resume())
  }
  source.on('data', send)
  socket.on('close', () => {
    source.off('data', send)
    source.resume()
  })
}
