import type { IncomingMessage } from 'node:http'
import type { HttpProbe } from '../contract/probe.ts'
import type { SendAttempt } from './attempt.ts'
import { httpUrl, isExpected, requestHeaders } from './http-request.ts'
import { type EndAttempt, startSocketAttempt } from './socket-attempt.ts'

/** A text that is not in the first MiB will not tell that a service is ready. */
const LONGEST_BODY_IN_BYTES = 1024 * 1024

/** Sends a probe's GET where the body decides: its framing (chunks, lengths) is left to `node:http`. */
export function httpBodyAttempt(probe: HttpProbe, text: string): SendAttempt {
  return (address, listener, background = false) =>
    startSocketAttempt({
      address,
      secure: probe.scheme === 'https',
      background,
      subject: `GET ${httpUrl(probe, address)}`,
      listener,
      speak: (socket, end) => {
        const http = process.getBuiltinModule('node:http')
        const request = http.request({
          createConnection: () => socket,
          path: probe.path,
          headers: requestHeaders(probe, address),
          setDefaultHeaders: false,
        })
        request.on('error', (error: NodeJS.ErrnoException) => {
          // The socket itself reports all else, in more exact words.
          if (error.code?.startsWith('HPE_') === true) end('failure', 'answered something that is no HTTP')
        })
        request.on('response', (response) => search(response, probe, text, end))
        request.end()
      },
    })
}

function search(response: IncomingMessage, probe: HttpProbe, text: string, end: EndAttempt): void {
  const status = response.statusCode ?? 0
  if (!isExpected(probe, status)) {
    end('failure', `answered ${status}`)
    return
  }
  let body = ''
  response.setEncoding('utf8')
  response.on('error', () => end('failure', `answered ${status}, and broke off`))
  response.on('data', (chunk: string) => {
    body += chunk
    if (body.includes(text)) end('success', `answered ${status} with '${text}'`)
    else if (body.length > LONGEST_BODY_IN_BYTES)
      end('failure', `answered ${status} without '${text}' in its first MiB`)
  })
  response.on('end', () => end('failure', `answered ${status} without '${text}'`))
}
