// The same as front.sh, for a machine without containers.
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { PORT, HOST, BERTH_ROOT = '' } = process.env
const STATE = `${BERTH_ROOT}/state`
mkdirSync(STATE, { recursive: true })
let turn = 0

createServer(async ({ url }, response) => {
  if (url === '/cgi-bin/work') response.end(await askNextWorker())
  else if (url === '/cgi-bin/parts') response.end(read(`${STATE}/parts`) || '[]')
  else
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(readFileSync(`${BERTH_ROOT}/www/index.html`))
}).listen(Number(PORT), HOST)

async function askNextWorker() {
  const workers = read(`${STATE}/workers`).split('\n').filter(Boolean)
  for (let attempt = 0; attempt < 3 && workers.length > 0; attempt += 1) {
    const worker = workers[turn++ % workers.length]
    const answer = await fetch(worker, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
    if (answer?.ok) return await answer.text()
  }
  return 'no worker answers\n'
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
