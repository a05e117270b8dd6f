import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import type { Contender } from './contender.ts'

/** testcontainers-node as its manual shows it, waiting for an HTTP answer or for its ports. Its reaper is off: see `contender-processes`. */
export function testcontainers(waitFor: 'http' | 'ports'): Contender {
  const running = new Map<string, StartedTestContainer>()
  return {
    async start({ image, command, port, labels }) {
      const beganAt = nowInMicros()
      const container = new GenericContainer(image)
        .withExposedPorts(port)
        .withLabels({ ...labels })
        .withWaitStrategy(waitFor === 'http' ? Wait.forHttp('/', port) : Wait.forListeningPorts())
      if (command.length > 0) container.withCommand([...command])
      const started = await container.start()
      const readyAt = nowInMicros()
      running.set(started.getId(), started)
      return { containerId: started.getId(), beganAt, readyAt }
    },
    async remove(containerId) {
      await running.get(containerId)?.stop({ timeout: 0 })
      running.delete(containerId)
    },
    close: async () => {},
  }
}
