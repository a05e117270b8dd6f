import { randomBytes } from 'node:crypto'
import type { ContainerRun, ContainerSpec } from '@berth/core'
import { packTar } from 'modern-tar'
import { afterAll, afterEach } from 'vitest'
import { createEngineClient, type EngineAnswer } from '../src/engine/index.ts'
import { type DockerCapabilities, docker } from '../src/index.ts'

/** Whether there is an engine to test with. */
export const hasEngine = process.env.LAB_DOCKER !== undefined
export const registry = process.env.LAB_REGISTRY ?? ''
/** Answers `hello` on 80, and has no shell. */
export const nginx = process.env.LAB_IMAGE_NGINX ?? ''
/** Has a shell. */
export const busybox = process.env.LAB_IMAGE_BUSYBOX ?? ''

/** Ends at SIGTERM, which the first process of a container ignores unless told. */
export function shell(script: string): readonly string[] {
  return ['sh', '-c', `trap 'exit 0' TERM; ${script}`]
}

/** Runs until it is stopped. */
export const forever = shell('while true; do sleep 1 & wait $!; done')

/** A provider with a client that counts, and whatever it started removed after each test. */
export function useDocker() {
  const answers: EngineAnswer[] = []
  const engine = createEngineClient({ onAnswer: (answer) => answers.push(answer) })
  const provider = docker({ engine })
  const runs: ContainerRun<DockerCapabilities>[] = []
  const images: string[] = []
  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.remove()))
    await Promise.all(images.splice(0).map((image) => engine.images.remove(image, { force: true })))
  })
  afterAll(() => provider.close())
  return {
    engine,
    provider,
    answers,
    images,
    async run(spec: ContainerSpec<DockerCapabilities>, options?: Parameters<typeof provider.run>[1]) {
      const run = await provider.run(spec, options)
      runs.push(run)
      return run
    },
    /** What of a run is on the engine, by its labels. */
    async left(label: string): Promise<string[]> {
      const filters = { label: [label] }
      const [containers, volumes] = await Promise.all([
        engine.containers.list({ all: true, filters }),
        engine.volumes.list({ filters }),
      ])
      return [...containers.map(({ Names }) => Names[0] ?? ''), ...volumes.map(({ Name }) => Name)]
    },
    /** Makes an image of its own in the registry, and takes it off the engine: the next run has to pull it. */
    async imageToPull({ bytes = 1_000_000 } = {}): Promise<string> {
      const name = `${registry}/berth-test-${randomBytes(4).toString('hex')}`
      const data = randomBytes(bytes)
      const tar = await packTar([{ header: { name: 'data', size: data.length }, body: data }])
      await engine.images.import(tar, { reference: `${name}:1`, changes: ['CMD ["/none"]'] })
      const response = await engine.transport.send({
        method: 'POST',
        path: `/images/${name}/push`,
        query: { tag: '1' },
        headers: { 'x-registry-auth': Buffer.from('{}').toString('base64') },
      })
      for await (const _ of response) {
        // only the end is of interest
      }
      await engine.images.remove(`${name}:1`, { force: true })
      images.push(`${name}:1`)
      return `${name}:1`
    },
  }
}

/** Calls that matter to a start: all but the event stream and the negotiation. */
export function startCalls(answers: readonly EngineAnswer[]): string[] {
  return answers
    .filter(({ path }) => path !== '/events' && path !== '/_ping')
    .map(({ method, path }) => `${method} ${path.replace(/^\/containers\/(?!create)[^/]+/, '/containers/…')}`)
}

export function uniqueName(): string {
  return `t${randomBytes(4).toString('hex')}`
}
