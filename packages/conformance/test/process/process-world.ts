import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BaseRun } from '@berth/core'
import { embedded } from '@berth/process'
import type { ConformanceWorld, CreateProvider, Workloads } from '../../src/index.ts'

/** A world of child processes in a state directory of its own. */
export interface ProcessWorld {
  readonly directory: string
  readonly createProvider: CreateProvider
  readonly world: ConformanceWorld
  /** Removes the directory. */
  dispose(): Promise<void>
}

export async function processWorld(): Promise<ProcessWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-conformance-'))
  const module = new URL('./process-provider.ts', import.meta.url)
  module.searchParams.set('directory', directory)
  return {
    directory,
    createProvider: (overrides) => embedded({ ...overrides, directory }),
    world: {
      workloads,
      exclusive: true,
      inspect: async () => [...(await entriesIn(directory)), ...(await processesOf(directory))],
      otherProcess: {
        module: module.href,
        execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
      },
      truth,
      concurrency: 20,
    },
    dispose: () => rm(directory, { recursive: true, force: true }),
  }
}

const SERVER = `
  const { createServer } = require('node:http')
  const [port, delay, body] = process.argv.slice(1)
  const now = () => Math.round((performance.timeOrigin + performance.now()) * 1000)
  const server = createServer((request, response) => {
    console.log('accepted=' + now())
    response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/plain' })
    response.end(request.url === '/' ? body : 'nothing here')
  })
  setTimeout(() => server.listen(Number(process.env['PORT_' + port]), process.env.HOST), Number(delay))
`
const FETCH = `
  fetch('http://' + process.env.HOST + ':' + process.env['PORT_' + process.argv[1]])
    .then((response) => response.text()).then((text) => process.stdout.write(text))
    .catch(() => { process.exitCode = 1 })
`

export const workloads: Workloads = {
  httpServer: ({ port, bootDelayInMs = 0, body = 'hello' }) => ({
    image: 'berth/shell',
    command: [process.execPath, '-e', SERVER, String(port), String(bootDelayInMs), body],
    ports: [port],
  }),
  shell: (script) => ({ image: 'berth/shell', command: ['sh', '-c', script] }),
  sleep: () => ({ image: 'berth/shell', command: ['sh', '-c', "trap 'exit 0' TERM; sleep 600 & wait"] }),
  missingImage: 'berth/no-such-image',
  fetch: (port) => `'${process.execPath}' -e "${FETCH.replaceAll('\n', ' ')}" ${port}`,
}

export async function truth(run: BaseRun): Promise<number> {
  if (!run.supports('logs')) throw new Error('the process provider has logs')
  for await (const { text } of run.logs({ follow: true })) {
    const match = /^accepted=(\d+)$/.exec(text)
    if (match !== null) return Number(match[1])
  }
  throw new Error(`${run.name} accepted no request`)
}

/** Groups that exist, are being written, or are being deleted. */
async function entriesIn(directory: string): Promise<string[]> {
  const kinds = await readdir(directory).catch(() => [])
  const lists = await Promise.all(
    kinds.map(async (kind) =>
      (await readdir(join(directory, kind)).catch(() => [])).map((name) => `${kind}/${name}`),
    ),
  )
  return lists.flat()
}

/** Processes whose command line or environment names the directory: supervisors, and what runs in containers. */
async function processesOf(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (Number(pid) === process.pid) return []
      const texts = await Promise.all(
        ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      )
      const own = texts
        .join('\0')
        .split('\0')
        .find((word) => word.includes(`${directory}/groups/`))
      return own === undefined ? [] : [`process ${pid}: ${own}`]
    }),
  )
  return found.flat()
}
