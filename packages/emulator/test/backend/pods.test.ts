import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Pod } from '../../src/backend/backend.ts'
import { eventually, linesOf, textOf, useBackend, worlds } from './worlds.ts'

const web = { port: 80, protocol: 'tcp' } as const
const admin = { port: 8080, protocol: 'tcp' } as const

describe.each(worlds)('pods on $kind', (world) => {
  const { pod: newPod, script, server } = useBackend(world)

  it('answer on the very port of the container', async () => {
    const pod = await newPod({ ports: [web] })
    await pod.start(server(80))
    expect(pod.address(web)).toEqual({ host: pod.host, port: 80, mapped: false })
    await eventually(() => get(pod.host, 80)).toBe('hello')
    const stream = await pod.connect(80)
    stream.end('GET / HTTP/1.0\r\n\r\n')
    expect(await textOf(stream)).toContain('hello')
  })

  it('refuse connections until their container serves', async () => {
    const pod = await newPod({ ports: [web] })
    await expect(pod.connect(80)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('serve the same port numbers side by side', async () => {
    const pods = await Promise.all([newPod({ ports: [web] }), newPod({ ports: [web] })])
    expect(pods[0]?.host).not.toBe(pods[1]?.host)
    await Promise.all(pods.map((pod) => pod.start(server(80))))
    for (const pod of pods) await eventually(() => get(pod.host, 80)).toBe('hello')
  })

  it('let their containers reach each other', async () => {
    const pod = await newPod({ ports: [web, admin] })
    await pod.start(server(80, { name: 'web' }))
    await pod.start(server(8080, { name: 'admin' }))
    await eventually(() => get(pod.host, 8080)).toBe('hello')
    // What they share is localhost in a real pod; without an engine it is HOST, and the ports that they are told.
    await pod.start(
      script(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
        'for port in ${PORT_80:-80} ${PORT_8080:-8080}; do wget -q -O - http://${HOST:-localhost}:$port/; echo; done',
        { name: 'client' },
      ),
    )
    expect(await pod.ended('client')).toMatchObject({ exitCode: 0 })
    expect(await linesOf(pod, {}, 'client')).toEqual(['o hello', 'o hello'])
  })

  it('keep their address while containers are restarted', async () => {
    const pod = await newPod({ ports: [web] })
    const { host } = pod
    for (const _ of [1, 2]) {
      await pod.start(server(80))
      await eventually(() => get(host, 80)).toBe('hello')
      await pod.stop('main', 0)
      await expect(pod.connect(80)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
  })

  it('share a volume among containers, over restarts', async () => {
    const pod = await newPod({ volumes: { shared: { kind: 'empty' } } })
    const mounts = (path: string) => [{ volume: 'shared', path, readOnly: false }]
    await pod.start(script(`echo from init > ${inRoot('data/x')}`, { name: 'init', mounts: mounts('/data') }))
    expect(await pod.ended('init')).toMatchObject({ exitCode: 0 })
    for (const round of [1, 2]) {
      const command = `cat ${inRoot('tmp/in/x')}; echo ${round} >> ${inRoot('tmp/in/x')}`
      await pod.start(script(command, { mounts: mounts('/tmp/in') }))
      expect(await pod.ended('main')).toMatchObject({ exitCode: 0 })
    }
    expect(await linesOf(pod)).toEqual(['o from init', 'o 1'])
  })

  it('hold the files of a volume, byte for byte', async () => {
    const binary = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const pod = await newPod({
      volumes: {
        config: {
          kind: 'files',
          files: { 'app.json': Buffer.from('{}'), 'deep/er/binary': binary },
          mode: 0o400,
        },
      },
    })
    const file = inRoot('etc/app/deep/er/binary')
    await pod.start(
      script(
        `cat ${inRoot('etc/app/app.json')}; echo; ls -lL ${file} | cut -c 1-10; od -An -v -tu1 ${file}`,
        {
          mounts: [{ volume: 'config', path: '/etc/app', readOnly: true }],
        },
      ),
    )
    expect(await pod.ended('main')).toMatchObject({ exitCode: 0 })
    const [json, mode, ...bytes] = await linesOf(pod)
    expect([json, mode]).toEqual(['o {}', 'o -r--------'])
    expect(bytes.join(' ').match(/\d+/g)?.map(Number)).toEqual([...binary])
  })

  it('show only a part of a volume where that is asked for', async () => {
    const pod = await newPod({
      volumes: {
        config: { kind: 'files', files: { 'one/a': Buffer.from('A'), 'two/b': Buffer.from('B') } },
        data: { kind: 'empty' },
      },
    })
    await pod.start(
      script(`cat ${inRoot('etc/one/a')} ${inRoot('etc/b')}; echo; echo kept > ${inRoot('data/file')}`, {
        mounts: [
          { volume: 'config', path: '/etc/one', readOnly: true, subPath: 'one' },
          { volume: 'config', path: '/etc/b', readOnly: true, subPath: 'two/b' },
          { volume: 'data', path: '/data', readOnly: false, subPath: 'mine' },
        ],
      }),
    )
    expect(await pod.ended('main')).toMatchObject({ exitCode: 0 })
    expect(await linesOf(pod)).toEqual(['o AB'])
    await pod.start(
      script(`cat ${inRoot('all/mine/file')}`, {
        mounts: [{ volume: 'data', path: '/all', readOnly: false }],
      }),
    )
    await pod.ended('main')
    expect(await linesOf(pod)).toEqual(['o kept'])
  })

  it('refuse a name that is taken, until it is free again', async () => {
    const pod = await newPod({ name: 'taken' })
    await expect(newPod({ name: 'taken' })).rejects.toThrow(/there is a pod taken already/)
    await pod.remove()
    await newPod({ name: 'taken' })
  })

  it('run fifty at once', { timeout: 240_000 }, async () => {
    const names = Array.from({ length: 50 }, (_, index) => `crowd-${index}`)
    const pods = await Promise.all(names.map((name) => newPod({ name, ports: [web] })))
    expect(new Set(pods.map(({ host }) => host)).size).toBe(50)
    await Promise.all(pods.map((pod) => pod.start(script(`echo ${pod.name}; exec sleep 1000`))))
    const follow = async (pod: Pod) => {
      for await (const { line } of pod.logs('main', { follow: true })) return line.toString()
    }
    expect(await Promise.all(pods.map(follow))).toEqual(names)
    await Promise.all(pods.map((pod) => pod.kill('main', 'SIGKILL')))
    const ends = await Promise.all(pods.map((pod) => pod.ended('main')))
    expect(ends.map(({ signal }) => signal)).toEqual(names.map(() => 'SIGKILL'))
  })
})

/** A path in a container: its own directory where processes have no root of their own. */
function inRoot(path: string): string {
  return `"$BERTH_ROOT/${path}"`
}

async function get(host: string, port: number): Promise<string | undefined> {
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect')
    socket.write('GET / HTTP/1.0\r\n\r\n')
    return (await textOf(socket)).split('\r\n\r\n')[1]
  } catch {
    return undefined
  }
}
