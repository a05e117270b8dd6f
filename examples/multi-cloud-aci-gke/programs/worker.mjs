// The same as worker.sh, for a machine without containers.
import { createServer } from 'node:http'

const { CLOUD, NAME, FRONT, PORT, HOST } = process.env
let says = `${CLOUD}, ${NAME}`
createServer((_, response) => response.end(`${says}\n`)).listen(Number(PORT), HOST)

const answer = await fetch(`${FRONT}/cgi-bin/parts`, { signal: AbortSignal.timeout(5_000) }).catch(
  () => undefined,
)
says += answer?.ok ? ', which reaches the front' : ', which does not reach the front'
