import { randomUUID } from 'node:crypto'
import { createEngineClient, type EngineClient, type HostConfigBody } from '@berth/docker/engine'
import { afterAll, beforeAll } from 'vitest'

/** Whether the tests may use a real engine; LAB_IMAGE_* name images that it can pull. */
export const engineIsThere = Boolean(process.env.LAB_DOCKER)
export const busybox = process.env.LAB_IMAGE_BUSYBOX ?? ''

/** A client of the real engine, and a way to make containers that are gone after the file's tests. */
export interface EngineForTest {
  readonly engine: EngineClient
  /** Makes and starts one container that runs a shell script; resolves with its id. */
  run(script: string, options?: RunOptions): Promise<string>
  /** Makes one without starting it. */
  create(script: string, options?: RunOptions): Promise<string>
}

interface RunOptions {
  readonly tty?: boolean
  readonly stdin?: boolean
  readonly host?: HostConfigBody
  readonly labels?: Readonly<Record<string, string>>
}

export function engineForTest(): EngineForTest {
  const engine = createEngineClient()
  const made: string[] = []
  beforeAll(async () => {
    if (engineIsThere && !(await engine.images.inspect(busybox)))
      await Array.fromAsync(await engine.images.pull(busybox))
  })
  afterAll(async () => {
    await Promise.all(made.map((id) => engine.containers.remove(id, { force: true, volumes: true })))
    engine.close()
  })
  const create: EngineForTest['create'] = async (script, { tty, stdin, host, labels } = {}) => {
    const { Id } = await engine.containers.create(
      {
        Image: busybox,
        Entrypoint: ['sh', '-c', script],
        Tty: tty,
        OpenStdin: stdin,
        StdinOnce: stdin,
        AttachStdin: stdin,
        Labels: labels,
        HostConfig: { NetworkMode: 'none', ...host },
      },
      { name: `engine-test-${randomUUID()}` },
    )
    made.push(Id)
    return Id
  }
  return {
    engine,
    create,
    async run(script, options) {
      const id = await create(script, options)
      await engine.containers.start(id)
      return id
    },
  }
}

/** All bytes of a stream as text. */
export async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
