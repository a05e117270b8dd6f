import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { type Azure, groupBody, startAzure } from '../azure.ts'
import { reals } from '../real.ts'

describe.each(reals)('exec and attach on $kind', ({ kind, image, options }) => {
  const container = { image, command: ['sh', '-c', 'while :; do echo tick; sleep 0.1; done'] }

  async function running(azure: Azure): Promise<void> {
    await azure.call('PUT', 'web', groupBody({ container }))
    await azure.settled('web')
  }

  it('join a websocket to a program, once the password is its first frame', async () => {
    await using azure = await startAzure(options)
    await running(azure)
    const { webSocketUri = '', password = '' } = await azure.client.containers.executeCommand(
      'berth',
      'web',
      'main',
      {
        command: 'sh',
        terminalSize: { rows: 30, cols: 100 },
      },
    )
    expect(webSocketUri).toMatch(
      /^ws:\/\/127\.0\.0\.1:\d+\/execstream\/sessionId\/[0-9a-f-]{36}\?api-version=1\.0&rows=30&cols=100$/,
    )
    const socket = await open(webSocketUri)
    const output = collect(socket)
    socket.send(password)
    socket.send(Buffer.from('echo "sum: $((20 + 22))"\n'))
    socket.send(Buffer.from(kind === 'docker' ? 'stty size; exit 3\n' : 'exit 3\n'))
    const { text, code } = await output
    expect(text).toContain('sum: 42')
    expect(text).not.toContain(password)
    if (kind === 'docker') expect(text).toContain('30 100')
    expect(code).toBe(1000)
  })

  it('are one program without arguments, as documented, or parted at spaces', async () => {
    const outputOf = async (execCommand: 'whole' | 'split') => {
      await using azure = await startAzure({ ...options, dialects: { aci: { execCommand } } })
      await running(azure)
      const { webSocketUri = '', password = '' } = await azure.client.containers.executeCommand(
        'berth',
        'web',
        'main',
        {
          command: 'echo one two',
          terminalSize: { rows: 24, cols: 80 },
        },
      )
      const socket = await open(webSocketUri)
      const output = collect(socket)
      socket.send(password)
      return (await output).text
    }
    expect((await outputOf('split')).trim()).toBe('one two')
    expect(await outputOf('whole')).toMatch(/echo one two/)
  })

  it('end with a wrong password, and are given once', async () => {
    await using azure = await startAzure(options)
    await running(azure)
    const { webSocketUri = '' } = (await azure.call('POST', 'web/containers/main/exec', { command: 'sh' }))
      .body
    const socket = await open(webSocketUri)
    const output = collect(socket)
    socket.send('guess')
    expect(await output).toEqual({ text: '', code: 1008 })
    await expect(open(webSocketUri)).rejects.toThrow('404')
  })

  it('show what the container writes from now on, to whoever has the password in a header', async () => {
    await using azure = await startAzure(options)
    await running(azure)
    const { webSocketUri = '', password = '' } = await azure.client.containers.attach('berth', 'web', 'main')
    await expect(open(webSocketUri)).rejects.toThrow('401')
    await expect(open(webSocketUri, { authorization: 'guess' })).rejects.toThrow('401')
    const socket = await open(webSocketUri, { authorization: password })
    const first = await new Promise<Buffer>((resolve) => socket.once('message', resolve))
    expect(first.toString()).toMatch(/^(tick\r?\n)+$/)
    socket.close()
  })

  it('need a container that runs', async () => {
    await using azure = await startAzure(options)
    const ended = { image, command: ['sh', '-c', 'exit 0'] }
    await azure.call('PUT', 'job', groupBody({ container: ended, properties: { restartPolicy: 'Never' } }))
    await azure.until('job', ({ instanceView }) => instanceView?.state === 'Succeeded')
    for (const [verb, told] of [
      ['exec', /main .*has ended|not running/],
      ['attach', /^/],
    ] as const) {
      // Taken all the same, as was recorded; it ends for who connects.
      const { status, body } = await azure.call('POST', `job/containers/main/${verb}`, { command: 'sh' })
      expect(status).toBe(200)
      const socket = await open(body.webSocketUri, { authorization: body.password })
      const output = collect(socket)
      socket.send(body.password)
      expect(await output).toEqual({ text: expect.stringMatching(told), code: 1000 })
    }
    const unknown = await azure.call('POST', 'job/containers/other/exec', { command: 'sh' })
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'ContainerNotFound'])
  })
})

describe('websockets', () => {
  it('are checked for the host too', async () => {
    await using azure = await startAzure()
    const url = (azure.emulator.endpoints.arm ?? '').replace('http', 'ws')
    await expect(open(`${url}/execstream/sessionId/none`)).rejects.toThrow('404')
    await expect(open(`${url}/execstream/sessionId/none`, { host: 'attacker.example' })).rejects.toThrow(
      '404',
    )
  })

  it('take a terminal without a size for one of the usual size', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const terminalSize = { rows: 0, cols: 0 }
    const { body } = await azure.call('POST', 'web/containers/main/exec', { command: 'sh', terminalSize })
    expect(body.webSocketUri).toMatch(/rows=24&cols=80$/)
  })

  it('need a container that has started', async () => {
    await using azure = await startAzure({ profile: { durations: { placing: 20_000 } } })
    await azure.call('PUT', 'web', groupBody())
    const { status, body } = await azure.call('POST', 'web/containers/main/exec', { command: 'sh' })
    expect([status, body.error.code]).toEqual([409, 'ContainerNotRunning'])
  })

  it('need a command', async () => {
    await using azure = await startAzure()
    await azure.call('PUT', 'web', groupBody())
    await azure.settled('web')
    const { status, body } = await azure.call('POST', 'web/containers/main/exec', { command: ' ' })
    expect([status, body.error.code]).toEqual([400, 'InvalidExecCommand'])
  })
})

function open(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** All output until the end, and the code of the end. */
function collect(socket: WebSocket): Promise<{ text: string; code: number }> {
  let text = ''
  socket.on('message', (data) => {
    text += data.toString()
  })
  return new Promise((resolve) => {
    socket.once('close', (code) => resolve({ text, code }))
  })
}
