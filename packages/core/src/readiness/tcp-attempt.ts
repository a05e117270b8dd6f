import type { SendAttempt } from './attempt.ts'
import { authority } from './http-request.ts'
import { CLOSED, startSocketAttempt } from './socket-attempt.ts'

/**
 * How long a connection through a proxy must last to prove that the container took it: a proxy takes every connection itself, and
 * closes it once the container refuses. Docker's closes after 0.2 ms (median), 4 ms (p99) and 12 ms (worst of 3,000) on two cores
 * with three busy processes beside it.
 */
const HOLD_IN_MS = 20

/** Opens a connection. It is a success when taken; through a proxy, when it then lasts 20 ms or brings data. */
export const tcpAttempt: SendAttempt = (address, listener, background = false) =>
  startSocketAttempt({
    address,
    secure: false,
    background,
    subject: `tcp ${authority(address)}`,
    listener,
    speak: (socket, end) => {
      if (address.proxied !== true) {
        socket.once('connect', () => end('success', 'took the connection'))
        return
      }
      socket.once('end', () => end('failure', CLOSED))
      socket.once('connect', () => {
        const hold = setTimeout(() => {
          // The closing may have come while the event loop was busy: it is read before an immediate runs.
          setImmediate(() => end('success', `took the connection and held it ${HOLD_IN_MS} ms`))
        }, HOLD_IN_MS)
        if (background) hold.unref()
        socket.once('close', () => clearTimeout(hold))
      })
    },
    // One that is not a proxy's has succeeded by then.
    hear: (_chunk, end) => end('success', 'took the connection and sent data'),
  })
