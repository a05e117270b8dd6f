import { createServer, request, type Server } from 'node:http'
import type { Progress } from '@berth/core'
import { afterEach, describe, expect, it } from 'vitest'
import { busybox, hasEngine, registry, startCalls, uniqueName, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a pull', () => {
  const lab = useDocker()
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  /** The registry, whose layers are held back until told. */
  async function slowRegistry() {
    const asked = Promise.withResolvers<void>()
    const server = createServer((incoming, outgoing) => {
      // An image's configuration comes as a blob too, but a small one is asked for first; every blob waits.
      if (incoming.url?.includes('/blobs/')) {
        asked.resolve()
        return
      }
      const [hostname, port] = registry.split(':')
      const { method, url: path, headers } = incoming
      incoming.pipe(
        request({ hostname, port, method, path, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        }),
      )
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    return { host: `127.0.0.1:${port}`, blobAsked: asked.promise }
  }

  it('is made only when the engine lacks the image, and told with its progress and times', async () => {
    const image = await lab.imageToPull({ bytes: 8_000_000 })
    lab.answers.length = 0
    const heard: Progress[] = []
    // The image holds no program: the start fails, but only after the pull.
    const error = await lab
      .run({ image }, { onProgress: (progress) => heard.push(progress) })
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'start-failed' })
    expect(startCalls(lab.answers).slice(0, 2)).toEqual(['POST /containers/create', 'POST /images/create'])
    expect(heard.at(-1)).toMatchObject({ step: 'pull', text: `${image}, 1 of 1 layers` })
    expect(heard.some(({ total = 0 }) => total > 1_000_000)).toBe(true)
  })

  it('stands in the timeline', async () => {
    const name = `${registry}/berth-test-${uniqueName()}:1`
    await lab.engine.images.tag(busybox, name)
    await pushed(name)
    lab.images.push(name)
    const run = await lab.run({ image: name, command: ['sleep', '60'] })
    await run.ready()
    const marks = run.timeline.marks.map(({ name: mark }) => mark)
    expect(marks).toEqual(expect.arrayContaining(['pull-started', 'pull-ended', 'created', 'started']))
    expect(run.timeline.mark('pull-ended')?.sources).toContain('event pull')
    expect(run.timeline.phases.map(({ name: phase }) => phase)).toContain('pull')
    expect(run.timeline.assumptions).toBe('declared')
  })

  it('is cut at once by an abort, and leaves nothing', async () => {
    const { host, blobAsked } = await slowRegistry()
    const image = await lab.imageToPull()
    const aborted = new AbortController()
    const label = uniqueName()
    const reason = new Error('enough')
    const started = lab.run(
      { image: image.replace(registry, host), labels: { 'test-name': label } },
      { signal: aborted.signal },
    )
    await blobAsked
    aborted.abort(reason)
    await expect(started).rejects.toBe(reason)
    expect(await lab.left(`test-name=${label}`)).toEqual([])
  })

  it('of a group ends with the first that fails', async () => {
    const { host } = await slowRegistry()
    const image = await lab.imageToPull()
    const label = uniqueName()
    const started = lab.run({
      image: image.replace(registry, host),
      labels: { 'test-name': label },
      sidecars: { absent: { image: `${registry}/berth-test-absent:1` } },
    })
    await expect(started).rejects.toMatchObject({
      code: 'image-pull',
      message: expect.stringContaining('absent'),
    })
    expect(await lab.left(`test-name=${label}`)).toEqual([])
  })

  it('is not needed for the image of a group, which is made anew where somebody removed it', async () => {
    await lab.engine.images.remove('berth/pause:1', { force: true }).catch(() => {})
    const run = await lab.run({
      image: busybox,
      command: ['sleep', '60'],
      sidecars: { side: { image: busybox, command: ['sleep', '60'] } },
    })
    expect(run.containers.side?.state).toBe('running')
  })

  async function pushed(image: string) {
    const name = image.slice(0, image.lastIndexOf(':'))
    const headers = { 'x-registry-auth': Buffer.from('{}').toString('base64') }
    const path = `/images/${name}/push`
    for await (const _ of await lab.engine.transport.send({
      method: 'POST',
      path,
      query: { tag: '1' },
      headers,
    })) {
      // only the end is of interest
    }
    await lab.engine.images.remove(image)
  }
})
