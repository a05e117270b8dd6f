/** A WebSocket of any make that tells by events how its opening went. */
export interface OpeningSocket {
  once(event: 'open' | 'close', listener: () => void): unknown
  once(event: 'error', listener: (error: Error) => void): unknown
  terminate(): void
}

/** Waits until a session's connection is open. An abort ends it. Throws what went wrong, or the signal's reason. */
export async function untilOpen(socket: OpeningSocket, signal: AbortSignal): Promise<void> {
  const abort = () => socket.terminate()
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('it was closed at once')))
    })
  } catch (error) {
    socket.terminate()
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
