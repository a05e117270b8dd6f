import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEngineClient } from '@berth/docker/engine'
import { packTar } from 'modern-tar'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { useBackend, type World, worlds } from './worlds.ts'

describe.each(worlds)('images on $kind', (world) => {
  const forTest = useBackend(world)

  it('are there at once where they are there already', async () => {
    const image = await forTest.backend.pull(world.image, {})
    expect(image).toMatchObject({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), wasFetched: false })
    expect(image.command.length).toBeGreaterThan(0)
    expect(['amd64', 'arm64']).toContain(image.architecture)
  })

  it('have names', async () => {
    for (const name of ['', 'lower/UPPER', 'two words', 'a:b:c']) {
      await expect(forTest.backend.pull(name, {})).rejects.toMatchObject({
        name: 'ImageError',
        reason: 'invalid-name',
      })
    }
  })

  it('must be there for a start', async () => {
    const pod = await forTest.pod()
    const missing = forTest.script('true', { image: missingImage(world) })
    await expect(pod.start(missing)).rejects.toMatchObject({ name: 'StartError', reason: 'refused' })
  })

  it('that do not exist are not found', async () => {
    await expect(forTest.backend.pull(missingImage(world), {})).rejects.toMatchObject({
      name: 'ImageError',
      reason: 'not-found',
    })
  })
})

describe.each(worlds.filter(({ kind }) => kind === 'docker'))('a pull on $kind', (world) => {
  const forTest = useBackend(world)
  const engine = createEngineClient()
  const made: string[] = []
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(async () => {
    for (const image of made.splice(0)) await engine.images.remove(image, { force: true })
    for (const server of servers.splice(0)) server.close()
  })
  afterAll(() => engine.close())

  /** A registry of the test's own; resolves with its address. */
  async function registry(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  it('fetches what is missing', async () => {
    const image = `${process.env.LAB_REGISTRY}/berth-test-${randomBytes(4).toString('hex')}:1`
    const data = randomBytes(100_000)
    const tar = await packTar([{ header: { name: 'data', size: data.length }, body: data }])
    await engine.images.import(tar, { reference: image, changes: ['ENTRYPOINT ["/a"]', 'CMD ["b"]'] })
    const push = {
      method: 'POST',
      path: `/images/${image.replace(/:1$/, '')}/push`,
      query: { tag: '1' },
    } as const
    for await (const _ of await engine.transport.send({ ...push, headers: { 'x-registry-auth': 'e30=' } })) {
      // only the end is of interest
    }
    await engine.images.remove(image, { force: true })
    made.push(image)
    expect(await forTest.backend.pull(image, {})).toMatchObject({ wasFetched: true, command: ['/a', 'b'] })
    expect(await forTest.backend.pull(image, {})).toMatchObject({ wasFetched: false })
  })

  it('tells a registry that is not there', async () => {
    const free = await registry(() => {})
    servers.pop()?.close()
    await expect(forTest.backend.pull(`${free}/app:1`, {})).rejects.toMatchObject({
      name: 'ImageError',
      reason: 'unreachable',
      message: expect.stringContaining(`${free}/app:1`),
    })
  })

  it('sends the credentials, which no error repeats', async () => {
    const seen: (string | undefined)[] = []
    const guarded = await registry((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end()
    })
    const credentials = { username: 'user', password: 'a-very-secret-word' }
    const pull = forTest.backend.pull(`${guarded}/app:1`, { credentials })
    const error = await pull.then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ name: 'ImageError', reason: 'unauthorized' })
    expect(seen).toContain(`Basic ${Buffer.from('user:a-very-secret-word').toString('base64')}`)
    expect(String(error)).not.toContain('a-very-secret-word')
  })

  it('tells a limit of the registry', async () => {
    const busy = await registry((_, response) => {
      response.writeHead(429, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ errors: [{ code: 'TOOMANYREQUESTS', message: 'pull rate limit reached' }] }),
      )
    })
    await expect(forTest.backend.pull(`${busy}/app:1`, {})).rejects.toMatchObject({ reason: 'rate-limited' })
  })

  it('is let go by a signal, with its reason', async () => {
    const slow = await registry(() => {})
    const reason = new Error('enough')
    const leave = new AbortController()
    setTimeout(() => leave.abort(reason), 100)
    await expect(forTest.backend.pull(`${slow}/app:1`, { signal: leave.signal })).rejects.toBe(reason)
  })
})

function missingImage({ kind }: World): string {
  return kind === 'docker' ? `${process.env.LAB_REGISTRY}/no/such/image:1` : 'berth/no-such-image'
}
