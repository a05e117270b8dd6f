import type { Address } from '../contract/address.ts'
import type { HttpProbe } from '../contract/probe.ts'
import type { SendAttempt } from './attempt.ts'
import { httpUrl, isExpected, requestText } from './http-request.ts'
import { HttpStatusReader } from './http-status-reader.ts'
import { startSocketAttempt } from './socket-attempt.ts'

/**
 * Sends a probe's GET where the status alone decides. Written to a bare socket, which takes half the CPU of `node:http` (80 against
 * 150 µs; 35 against 70 µs when refused), and over as soon as the status line is there.
 */
export function httpAttempt(probe: HttpProbe): SendAttempt {
  // Nearly every attempt asks what the one before it asked.
  let asked: { readonly address: Address; readonly subject: string; readonly text: string } | undefined
  return (address, listener, background = false) => {
    if (asked?.address !== address) {
      asked = { address, subject: `GET ${httpUrl(probe, address)}`, text: requestText(probe, address) }
    }
    const { subject, text } = asked
    const reader = new HttpStatusReader()
    return startSocketAttempt({
      address,
      secure: probe.scheme === 'https',
      background,
      subject,
      listener,
      speak: (socket) => socket.write(text, 'latin1'),
      hear: (chunk, end) => {
        const status = reader.read(chunk)
        if (status === undefined) return
        if (status === 'malformed') end('failure', 'answered something that is no HTTP')
        else end(isExpected(probe, status) ? 'success' : 'failure', `answered ${status}`)
      },
    })
  }
}
