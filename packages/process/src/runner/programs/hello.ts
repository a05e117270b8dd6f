/**
 * `berth/hello`: an HTTP server. It listens on HOST and PORT after BOOT_DELAY_MS (or `--boot-delay`), answers `/` with
 * `hello`, and writes a line for each request with the microsecond at which it was accepted.
 *
 *     --boot-delay <ms>   listen only after that time
 *     --status <code>     the status of the answers (default 200; `/healthz` is always 200)
 *     --body <text>       what is answered instead of hello
 *     --body-env <name>   answer the value of this environment variable
 *     --body-file <path>  answer the content of this file of the container
 *     --exit-after <ms>   end by itself after that time, with --exit-code <code> (default 0)
 *     --ignore-sigterm    carry on when asked to end
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { nowInUs } from '../clock.ts'
import { endWithSupervisor } from './end-with-supervisor.ts'

endWithSupervisor()
const { values } = parseArgs({
  options: {
    'boot-delay': { type: 'string', default: process.env.BOOT_DELAY_MS ?? '0' },
    status: { type: 'string', default: '200' },
    body: { type: 'string' },
    'body-env': { type: 'string' },
    'body-file': { type: 'string' },
    'exit-after': { type: 'string' },
    'exit-code': { type: 'string', default: '0' },
    'ignore-sigterm': { type: 'boolean', default: false },
  },
})
const host = process.env.HOST ?? '127.0.0.1'
const port = Number(process.env.PORT ?? 80)

process.on('SIGTERM', () => {
  if (!values['ignore-sigterm']) process.exit(0)
})
if (values['exit-after'] !== undefined) {
  setTimeout(() => process.exit(Number(values['exit-code'])), Number(values['exit-after']))
}

const bootDelayInMs = Number(values['boot-delay'])
if (bootDelayInMs > 0) await delay(bootDelayInMs)

// The first request of a connection was accepted when the connection was; a later one when it came.
const unused = new WeakMap<object, number>()
const server = createServer((request, response) => {
  const acceptedInUs = unused.get(request.socket) ?? nowInUs()
  unused.delete(request.socket)
  const status = request.url === '/healthz' ? 200 : Number(values.status)
  console.log(`accepted=${acceptedInUs} ${request.method} ${request.url} ${status}`)
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(request.url === '/healthz' ? 'ok' : body())
})
server.on('connection', (socket) => unused.set(socket, nowInUs()))
server.on('error', (error) => {
  console.error(`cannot listen on ${host}:${port}: ${error.message}`)
  process.exit(1)
})
server.listen(port, host, () => console.log(`listening=${nowInUs()} http://${host}:${port}/`))

function body(): string | Buffer {
  if (values['body-env'] !== undefined) return process.env[values['body-env']] ?? ''
  if (values['body-file'] !== undefined) {
    return readFileSync(join(process.env.BERTH_ROOT ?? '', values['body-file']))
  }
  return values.body ?? 'hello'
}
