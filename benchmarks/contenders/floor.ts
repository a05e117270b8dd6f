import { connect } from 'node:net'
import { EngineSocket } from '../harness/engine-socket.ts'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import { removeContainer } from '../harness/owned-containers.ts'
import type { Contender } from './contender.ts'

const LONGEST_ATTEMPT_IN_MS = 250
/** Node.js' shortest timer: the loop asks again after 1 to 2 ms. */
const PAUSE_IN_MS = 1

/**
 * The least that a start can take from Node.js: three Engine API calls over kept-alive connections, then one attempt after the
 * other, 1 to 2 ms apart, until the first 200. Nothing is validated, labelled, watched or explained.
 */
export function floor(): Contender {
  const engine = new EngineSocket()
  return {
    async start({ image, command, port, labels }) {
      const beganAt = nowInMicros()
      const containerPort = `${port}/tcp`
      const { Id: containerId } = await engine.json<{ Id: string }>('POST', '/containers/create', {
        Image: image,
        ...(command.length > 0 && { Cmd: command }),
        Labels: labels,
        ExposedPorts: { [containerPort]: {} },
        HostConfig: { PortBindings: { [containerPort]: [{ HostIp: '127.0.0.1', HostPort: '' }] } },
      })
      await engine.send('POST', `/containers/${containerId}/start`)
      type Inspect = { NetworkSettings: { Ports: Record<string, { HostPort: string }[] | null> } }
      const { NetworkSettings } = await engine.json<Inspect>('GET', `/containers/${containerId}/json`)
      const hostPort = Number(NetworkSettings.Ports[containerPort]?.[0]?.HostPort)
      while (!(await answers(hostPort))) await new Promise((resolve) => setTimeout(resolve, PAUSE_IN_MS))
      return { containerId, beganAt, readyAt: nowInMicros() }
    },
    remove: (containerId) => removeContainer(engine, containerId),
    close: async () => engine.close(),
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const end = (isAnswered: boolean) => {
      socket.destroy()
      resolve(isAnswered)
    }
    socket.setTimeout(LONGEST_ATTEMPT_IN_MS, () => end(false))
    socket.once('connect', () =>
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    )
    socket.once('data', (chunk) => end(chunk.toString('latin1').startsWith('HTTP/1.1 200')))
    socket.once('close', () => resolve(false))
    socket.once('error', () => end(false))
  })
}
