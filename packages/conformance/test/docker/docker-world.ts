import type { BaseRun } from '@berth/core'
import type { ConformanceWorld, ForeignObject, Workloads } from '../../src/index.ts'
import { askEngine, listEngine } from './ask-engine.ts'

const IMAGE = process.env.LAB_IMAGE_BUSYBOX ?? ''

/** busybox answers from a CGI script, which knows the microsecond: its clock is read while the first request is served. */
const SERVER = `
mkdir -p /www/cgi-bin
printf %s "$3" > /www/body
cat > /www/cgi-bin/index.cgi <<'CGI'
#!/bin/sh
adjtimex | awk '/tv_sec/ { s = $2 } /tv_usec/ { u = $2 } END { printf "accepted %d %06d\\n", s, u }' > /proc/1/fd/1
printf 'Content-Type: text/plain\\r\\n\\r\\n'
cat /www/body
CGI
chmod +x /www/cgi-bin/index.cgi
trap 'exit 0' TERM
sleep "$2" & wait
httpd -f -p "$1" -h /www & wait
`

export const workloads: Workloads = {
  httpServer: ({ port, bootDelayInMs = 0, body = 'hello' }) => ({
    image: IMAGE,
    command: ['sh', '-c', SERVER, 'server', String(port), String(bootDelayInMs / 1_000), body],
    ports: [port],
  }),
  shell: (script) => ({ image: IMAGE, command: ['sh', '-c', script] }),
  sleep: () => ({ image: IMAGE, command: ['sh', '-c', "trap 'exit 0' TERM; sleep 600 & wait"] }),
  missingImage: `${process.env.LAB_REGISTRY}/no-such-image:1`,
  unreachableImage: '127.0.0.1:1/nothing:1',
  fetch: (port) => `wget -q -O - http://127.0.0.1:${port}/`,
}

/** The local engine, which others may use at the same time. */
export const dockerWorld: ConformanceWorld = {
  workloads,
  inspect: listEngine,
  createForeign,
  otherProcess: {
    module: new URL('./docker-provider.ts', import.meta.url).href,
    execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
  },
  truth,
}

export async function truth(run: BaseRun): Promise<number> {
  if (!run.supports('logs')) throw new Error('docker has logs')
  for await (const { text } of run.logs({ follow: true })) {
    const match = /^accepted (\d+) (\d{6})$/.exec(text)
    if (match !== null) return Number(match[1]) * 1_000_000 + Number(match[2])
  }
  throw new Error(`${run.name} accepted no request`)
}

/** A container that looks a little like ours, and is not. */
async function createForeign(): Promise<ForeignObject> {
  const name = `foreign-berth-${globalThis.crypto.randomUUID()}`
  await askEngine('POST', `/containers/create?name=${name}`, {
    Image: IMAGE,
    Cmd: ['sleep', '600'],
    Labels: { 'berth-expires': '1', 'com.example.berth-run': 'x' },
  })
  return {
    exists: async () => (await askEngine('GET', `/containers/${name}/json`)) !== null,
    remove: async () => void (await askEngine('DELETE', `/containers/${name}?force=1`)),
  }
}
