import { createHash, randomUUID } from 'node:crypto'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EngineError } from '@berth/docker/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busybox, engineForTest, engineIsThere } from './engine-for-test.ts'

const registry = process.env.LAB_REGISTRY ?? ''

describe.skipIf(!engineIsThere)('images', () => {
  const { engine } = engineForTest()

  it('are pulled with progress', async () => {
    const messages = await Array.fromAsync(await engine.images.pull(busybox))
    expect(messages.some(({ status }) => status.startsWith('Digest: sha256:'))).toBe(true)
    const image = await engine.images.inspect(busybox)
    expect(image).toMatchObject({
      Os: 'linux',
      Architecture: 'amd64',
      RepoTags: expect.arrayContaining([busybox]),
    })
    const [byDigest = ''] = image?.RepoDigests ?? []
    await Array.fromAsync(await engine.images.pull(byDigest))
    expect((await engine.images.inspect(byDigest))?.Id).toBe(image?.Id)
    expect((await engine.images.list({ filters: { reference: [busybox] } })).map(({ Id }) => Id)).toEqual([
      image?.Id,
    ])
  })

  it('that a registry does not have are an error', async () => {
    const pull = async () => Array.fromAsync(await engine.images.pull(`${registry}/engine-test-absent:1`))
    const error = await pull().catch((error: unknown) => error)
    expect(EngineError.isInstance(error) && error.message).toMatch(/absent/)
    expect(await engine.images.inspect('engine-test-absent')).toBeNull()
    await expect(engine.images.pull('Not An Image')).rejects.toThrow(TypeError)
    await expect(engine.images.pull(busybox, { signal: AbortSignal.abort('no') })).rejects.toBe('no')
  })

  it('tell their platforms without a pull', async () => {
    const found = await engine.images.distribution(busybox)
    expect(found?.Descriptor.digest).toMatch(/^sha256:/)
    expect(found?.Platforms).toEqual([expect.objectContaining({ os: 'linux', architecture: 'amd64' })])
  })

  it('are imported from a tar as it comes, tagged and removed', async () => {
    const { packTar } = await import('modern-tar')
    const tar = await packTar([{ header: { name: 'hello', size: 2 }, body: 'hi' }])
    const reference = `engine-test-import:${Date.now()}`
    async function* inPieces(): AsyncGenerator<Uint8Array, void> {
      for (let at = 0; at < tar.length; at += 700) yield tar.subarray(at, at + 700)
    }
    const id = await engine.images.import(inPieces(), { reference, changes: ['CMD ["/a"]', 'ENV B="c d"'] })
    expect(await engine.images.inspect(reference)).toMatchObject({
      Id: id,
      Config: { Cmd: ['/a'], Env: expect.arrayContaining(['B=c d']) },
    })
    await engine.images.tag(reference, `${reference}-again`)
    await engine.images.remove(`${reference}-again`)
    expect((await engine.images.inspect(id))?.RepoTags).toEqual([reference])
    await engine.images.remove(reference)
    await engine.images.remove(reference)
    expect(await engine.images.inspect(id)).toBeNull()
    await expect(engine.images.load(Buffer.from('no archive'))).rejects.toThrow(EngineError)
  })
})

describe.skipIf(!engineIsThere)('a registry that asks for credentials', () => {
  const { engine } = engineForTest()
  const expected = `Basic ${Buffer.from('üser:p?ss>word').toString('base64')}`
  let server: Server
  let reference: string
  // the real registry, behind a door
  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      outgoing.on('error', () => {})
      if (incoming.headers.authorization !== expected) {
        outgoing.writeHead(401, { 'www-authenticate': 'Basic realm="door"' }).end()
        return
      }
      const [host, port] = registry.split(':')
      const { url, method, headers } = incoming
      const onward = httpRequest(
        { host, port, path: url, method, headers: { ...headers, host: registry } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        },
      )
      onward.on('error', () => outgoing.destroy())
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    reference = `127.0.0.1:${(server.address() as AddressInfo).port}/nginx:1`
  })
  afterAll(async () => {
    await engine.images.remove(reference)
    server.closeAllConnections()
    server.close()
  })
  const auth = { username: 'üser', password: 'p?ss>word' }
  const pull = async (options = {}) => Array.fromAsync(await engine.images.pull(reference, options))

  it('gets them', async () => {
    await expect(pull()).rejects.toThrow(EngineError)
    const wrong = await pull({ auth: { ...auth, password: 'hunter2' } }).catch((error: Error) => error)
    expect(String(wrong)).not.toContain('hunter2')
    await pull({ auth })
    expect(await engine.images.inspect(reference)).not.toBeNull()
    expect(await engine.images.distribution(reference, { auth })).not.toBeNull()
  })
})

describe.skipIf(!engineIsThere)('a registry whose layer never ends', () => {
  const { engine } = engineForTest()

  it('is left by abort', async () => {
    const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
    const layer = sha256(randomUUID())
    const config = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [layer] },
    })
    const type = (name: string) => `application/vnd.docker.${name}`
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: type('distribution.manifest.v2+json'),
      config: { mediaType: type('container.image.v1+json'), size: config.length, digest: sha256(config) },
      layers: [{ mediaType: type('image.rootfs.diff.tar.gzip'), size: 1_000_000, digest: layer }],
    })
    const server = createServer((request, response) => {
      if (request.url?.includes('/manifests/')) {
        response.writeHead(200, { 'content-type': type('distribution.manifest.v2+json') }).end(manifest)
      } else if (request.url?.endsWith(sha256(config))) response.end(config)
      else if (request.url?.endsWith(layer))
        response.writeHead(200, { 'content-length': 1_000_000 }).write('some')
      else response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const aborter = new AbortController()
    const seen: string[] = []
    try {
      const reference = `127.0.0.1:${(server.address() as AddressInfo).port}/endless:1`
      const messages = await engine.images.pull(reference, { signal: aborter.signal })
      const reading = (async () => {
        for await (const { status } of messages) {
          seen.push(status)
          if (status === 'Pulling fs layer') setTimeout(() => aborter.abort('too slow'), 50)
        }
      })()
      await expect(reading).rejects.toBe('too slow')
      expect(seen).toContain('Pulling fs layer')
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
