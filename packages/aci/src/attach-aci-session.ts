import { Readable, Writable } from 'node:stream'
import { type AttachOptions, BerthError, type CallContext, type Session, type SessionExit } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { callContainer } from './aci-calls.ts'
import { MAIN } from './aci-names.ts'
import { connectWebSocket } from './arm/connect-web-socket.ts'

/** Joins the output of a container's main process from now on. Its input is closed: see the capability `attach`. */
export async function attachAciSession(
  account: AciAccount,
  ref: string,
  { container = MAIN }: AttachOptions,
  context: CallContext,
): Promise<Session> {
  const { webSocketUri, password } = await callContainer(
    account,
    context,
    { ref, container, what: 'attach' },
    (containers, resourceGroup, options) => containers.attach(resourceGroup, ref, container, options),
  )
  const { endpoint } = await account.place()
  const channel = await connectWebSocket({
    uri: webSocketUri ?? '',
    endpoint,
    authorization: password,
    signal: context.signal,
  })
  const exit = Promise.withResolvers<SessionExit>()
  exit.promise.catch(() => {}) // whoever wants to know awaits it
  let closed = false
  let failure: Error | undefined
  channel.on('error', (error) => {
    failure = error
  })
  channel.once('end', () => channel.destroy())
  channel.once('close', () => {
    if (failure === undefined || closed) exit.resolve({ exitCode: undefined })
    else exit.reject(broken(ref, failure))
  })
  const close = async () => {
    closed = true
    channel.destroy()
  }
  return {
    stdin: new Writable({
      write: (_chunk, _encoding, done) => done(new Error(`${ref} has no input to write to`)),
    }).on('error', () => {}),
    stdout: channel,
    stderr: Readable.from([]),
    exited: exit.promise,
    async resize() {},
    close,
    [Symbol.asyncDispose]: close,
  }
}

function broken(ref: string, cause: Error): BerthError {
  return new BerthError({
    code: 'unavailable',
    message: `${ref}: the connection to its output broke: ${cause.message}`,
    cause,
  })
}
