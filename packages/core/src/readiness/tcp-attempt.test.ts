import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import type { AttemptEnd } from './attempt.ts'
import { tcpAttempt } from './tcp-attempt.ts'
import { addressAt } from './testing/observed-run.ts'

/** A port proxy whose container refuses: it closes 8 ms after it took a connection, and does not halt with this process. */
async function refusingProxy(): Promise<Disposable & { readonly port: number }> {
  const script = `const net = require('node:net')
    const server = net.createServer((inbound) => {
      inbound.on('error', () => {})
      setTimeout(() => inbound.end(), 8)
    }).listen(0, '127.0.0.1', () => console.log(server.address().port))`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = await once(child.stdout, 'data')
  return { port: Number(String(chunk)), [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

it('does not believe a proxy that closed while the event loop was busy', async () => {
  using proxy = await refusingProxy()
  const ended = Promise.withResolvers<AttemptEnd>()
  tcpAttempt(addressAt(proxy.port, { proxied: true }), {
    // Busy from before the closing until after the hold. When the loop comes around, timers run before sockets are read.
    connected: () => {
      setImmediate(() => {
        const until = performance.now() + 60
        while (performance.now() < until);
      })
    },
    ended: ended.resolve,
  })
  expect(await ended.promise).toMatchObject({ outcome: 'failure' })
})
