import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { http, type Provider } from '@berth/core'
import { type EcsCapabilities, ecs } from '@berth/ecs'
import { startEmulator } from '@berth/emulator'
import { addressReceived } from '../emulated/address-received.ts'
import { LISTENING_SERVER, readInstants } from '../emulated/listening-server.ts'

/** How late it was known that a server answers. Both begin at the later of its listening and its address being received. */
export interface ReadyLag {
  /** Until its first connection reached it: how soon it was asked. */
  readonly askedInMs: number
  /** Until whoever waited knew. */
  readonly knownInMs: number
}

/** Starts so many servers at once and waits for each. */
export type Crowd = (count: number, signal: AbortSignal) => Promise<readonly ReadyLag[]>

/** By Berth, on an emulated service: containers are child processes of this machine. */
export const byBerth: Crowd = async (count, signal) => {
  await using emulator = await startEmulator({
    services: ['ecs'],
    backend: 'process',
    name: `benchmark-ecs-ready-${process.pid}`,
    tls: false,
    profile: {
      name: 'of 3 s',
      durations: { accepting: 100, placing: 1_000, pulling: 1_500, creating: 200, starting: 200 },
    },
    limits: { ecs: { vCpus: 1_000 } },
  })
  Object.assign(process.env, emulator.environment)
  await using provider = ecs()
  return await Promise.all(Array.from({ length: count }, () => lagOf(provider, signal)))
}

async function lagOf(provider: Provider<EcsCapabilities>, signal: AbortSignal): Promise<ReadyLag> {
  await using run = await provider.run(
    {
      image: 'berth/shell',
      command: [process.execPath, '-e', LISTENING_SERVER],
      ports: [80],
      ready: http('/'),
    },
    { signal },
  )
  const received = addressReceived(run, signal)
  await run.ready({ signal })
  const knownAt = performance.now()
  const { listeningAt, askedAt } = await readInstants(() => run.logs())
  const possibleAt = Math.max(listeningAt, await received)
  return { askedInMs: askedAt - possibleAt, knownInMs: knownAt - possibleAt }
}

/** By hand, as the least that this machine allows: the same processes, each asked every 2 ms from its start on. */
export const byHand: Crowd = async (count, signal) =>
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const address = { host: `127.87.0.${index + 1}`, port: 20_080 }
      const child = spawn(process.execPath, ['-e', LISTENING_SERVER], {
        env: { ...process.env, HOST: address.host, PORT_80: String(address.port) },
        stdio: ['ignore', 'pipe', 'inherit'],
        signal,
      })
      child.on('error', () => {}) // the abort's
      const lines: { readonly text: string }[] = []
      createInterface(child.stdout).on('line', (text) => lines.push({ text }))
      try {
        await untilAnswered(address, signal)
        const knownAt = performance.now()
        const { listeningAt, askedAt } = await readInstants(async function* () {
          yield* lines
        })
        return { askedInMs: askedAt - listeningAt, knownInMs: knownAt - listeningAt }
      } finally {
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      }
    }),
  )

async function untilAnswered(
  address: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(address)
      const end = (isAnswered: boolean) => {
        socket.destroy()
        resolve(isAnswered)
      }
      socket.once('error', () => end(false)).once('close', () => end(false))
      socket.once('data', () => end(true))
      socket.write(`GET / HTTP/1.1\r\nhost: ${address.host}\r\n\r\n`)
    })
    if (answered) return
    await delay(2)
  }
}
