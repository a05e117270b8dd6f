import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Backend, ContainerSpec, Pod, PodSpec } from '../../src/backend/backend.ts'
import { type BackendOptions, createBackend } from '../../src/backend/create-backend.ts'

/** A backend on which the same tests run. */
export interface World {
  readonly kind: 'docker' | 'process'
  /** Has a shell. */
  readonly image: string
  /** Answers `hello` at that port of its pod. */
  server(port: number): Partial<ContainerSpec>
}

const processWorld: World = {
  kind: 'process',
  image: 'berth/shell',
  server: (port) => ({ image: 'berth/hello', ports: [{ port, protocol: 'tcp' }] }),
}

const dockerWorld: World = {
  kind: 'docker',
  image: process.env.LAB_IMAGE_BUSYBOX ?? '',
  server: (port) => ({
    command: [
      'sh',
      '-c',
      `mkdir /site && printf hello > /site/index.html && exec httpd -f -h /site -p ${port}`,
    ],
  }),
}

/** Every backend in which something really runs; docker only where there is an engine. */
export const worlds: readonly World[] = process.env.LAB_DOCKER ? [processWorld, dockerWorld] : [processWorld]

/** Makes containers and pods on a backend of the file's own, of which nothing is left after it. */
export interface BackendForTest {
  readonly options: BackendOptions
  readonly backend: Backend
  pod(spec?: Partial<PodSpec>): Promise<Pod>
  /** A container that runs a shell script. */
  script(script: string, spec?: Partial<ContainerSpec>): ContainerSpec
  server(port: number, spec?: Partial<ContainerSpec>): ContainerSpec
}

export function useBackend(world: World): BackendForTest {
  let backend: Backend
  let directory: string
  let options: BackendOptions
  const pods: Pod[] = []
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'berth-test-'))
    options = { kind: world.kind, name: unique('test'), directory }
    backend = await createBackend(options)
    await backend.pull(world.image, {})
  })
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.remove()))
  })
  afterAll(async () => {
    await (backend as Backend | undefined)?.close() // not there where it could not be made
    await rm(directory, { recursive: true, force: true })
  })
  const container = (spec: Partial<ContainerSpec>): ContainerSpec => ({
    name: 'main',
    image: world.image,
    env: {},
    mounts: [],
    ...spec,
  })
  return {
    get options() {
      return options
    },
    get backend() {
      return backend
    },
    async pod(spec) {
      const pod = await backend.createPod({
        name: unique('pod'),
        labels: {},
        ports: [],
        volumes: {},
        ...spec,
      })
      pods.push(pod)
      return pod
    },
    script: (script, spec) => container({ command: ['sh', '-c', script], ...spec }),
    server: (port, spec) => container({ ...world.server(port), ...spec }),
  }
}

/** Asks again until the expectation holds. A machine that runs other tests beside may be slow. */
export function eventually<T>(attempt: () => T) {
  return expect.poll(attempt, { timeout: 60_000 })
}

export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of source) all.push(item)
  return all
}

/** All bytes of a stream as text. */
export async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await collect(stream)).toString()
}

/** The lines of a container's log, each with a letter for its stream. */
export async function linesOf(pod: Pod, options = {}, container = 'main'): Promise<string[]> {
  const records = await collect(pod.logs(container, options))
  return records.map(({ stream, line }) => `${stream === 'stdout' ? 'o' : 'e'} ${line}`)
}
