import type { Socket } from 'node:net'
import { Readable, Writable } from 'node:stream'
import type { Execution, ExecutionResult } from './execute.ts'
import { encodeFrame, type Frame, FrameDecoder, frameType, initialStdinCredit } from './frames.ts'
import { RunnerError } from './runner-error.ts'
import type { FailureReply } from './supervisor-connection.ts'

/** The client's side of an exec connection whose request is sent; resolves when the program has started. */
export function openExecution(socket: Socket, signal?: AbortSignal): Promise<Execution> {
  return new Promise((resolveStart, rejectStart) => {
    const stdin = stdinOver(socket)
    const stdout = new Readable({ read: () => void socket.resume() })
    const stderr = new Readable({ read: () => void socket.resume() })
    // Whoever reads or writes is told by the stream itself; without listeners an error would end this process.
    for (const stream of [stdin.stream, stdout, stderr]) stream.on('error', () => {})

    let resolveExit: (result: ExecutionResult) => void
    let rejectExit: (reason: unknown) => void
    const exited = new Promise<ExecutionResult>((resolve, reject) => {
      resolveExit = resolve
      rejectExit = reject
    })
    // Nobody has to wait for the end.
    exited.catch(() => {})

    let hasEnded = false
    const finish = (result: ExecutionResult) => {
      hasEnded = true
      signal?.removeEventListener('abort', abort)
      stdout.push(null)
      stderr.push(null)
      stdin.stream.destroy()
      resolveStart(execution)
      resolveExit(result)
      socket.destroy()
    }
    const fail = (reason: unknown) => {
      signal?.removeEventListener('abort', abort)
      const error = reason instanceof Error ? reason : new Error('aborted', { cause: reason })
      for (const stream of [stdin.stream, stdout, stderr]) stream.destroy(error)
      rejectStart(reason)
      rejectExit(reason)
      socket.destroy()
    }
    const abort = () => fail(signal?.reason)
    const execution: Execution = {
      stdin: stdin.stream,
      stdout,
      stderr,
      exited,
      kill: (signalName) => void (socket.writable && socket.write(encodeFrame(frameType.signal, signalName))),
    }

    const take = ({ type, payload }: Frame) => {
      if (type === frameType.stdout && !stdout.push(payload)) socket.pause()
      else if (type === frameType.stderr && !stderr.push(payload)) socket.pause()
      else if (type === frameType.credit) stdin.addCredit(payload.readUInt32BE())
      else if (type === frameType.started) resolveStart(execution)
      else if (type === frameType.exited) finish(JSON.parse(payload.toString()) as ExecutionResult)
      else if (type === frameType.failed) {
        const { code, message } = JSON.parse(payload.toString()) as FailureReply
        fail(new RunnerError(code, message))
      }
    }
    const decoder = new FrameDecoder()
    socket.on('data', (chunk: Buffer) => {
      for (const frame of decoder.push(chunk)) take(frame)
    })
    socket.on('close', () => {
      // What was printed before the end may still be unread.
      if (!hasEnded) fail(new RunnerError('unavailable', 'the supervisor ended in the middle of an exec'))
    })
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted) abort()
  })
}

const largestPiece = 64 * 1024

/** A stream whose bytes go out as frames, as many as the other side has said it takes. */
function stdinOver(socket: Socket): { stream: Writable; addCredit(byteCount: number): void } {
  let credit = initialStdinCredit
  let wake = () => {}
  const send = (rest: Buffer, done: () => void): void => {
    const piece = rest.subarray(0, Math.min(credit, largestPiece))
    credit -= piece.length
    if (piece.length > 0) socket.write(encodeFrame(frameType.stdin, piece))
    if (piece.length === rest.length) done()
    else if (credit > 0) send(rest.subarray(piece.length), done)
    else {
      wake = () => {
        wake = () => {}
        send(rest.subarray(piece.length), done)
      }
    }
  }
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => send(chunk, done),
    final: (done) => {
      socket.write(encodeFrame(frameType.stdinEnd))
      done()
    },
  })
  return {
    stream,
    addCredit(byteCount) {
      credit += byteCount
      wake()
    },
  }
}
