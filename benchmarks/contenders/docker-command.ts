import { spawn } from 'node:child_process'
import { EngineSocket } from '../harness/engine-socket.ts'
import { nowInMicros } from '../harness/monotonic-clock.ts'
import { removeContainer } from '../harness/owned-containers.ts'
import type { Contender } from './contender.ts'

/** What one writes in a script: run, find the port, ask every 10 ms. */
const SCRIPT = `
port=$1; shift
id=$(docker run -d -p "$port" "$@") || exit 1
address=$(docker port "$id" "$port/tcp" | head -n 1)
until curl -fs -o /dev/null --max-time 1 "http://127.0.0.1:\${address##*:}/"; do sleep 0.01; done
echo "$id"
`

/** `docker run -d -p` and curl every 10 ms, in one shell. */
export function dockerCommand(): Contender {
  const engine = new EngineSocket()
  return {
    start({ image, command, port, labels }) {
      const marks = Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
      return new Promise((resolve, reject) => {
        const beganAt = nowInMicros()
        const shell = spawn('sh', ['-c', SCRIPT, 'sh', String(port), ...marks, image, ...command], {
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        let complaint = ''
        shell.stderr.on('data', (chunk: Buffer) => {
          complaint += chunk
        })
        shell.stdout.once('data', (chunk: Buffer) =>
          resolve({ containerId: chunk.toString().trim(), beganAt, readyAt: nowInMicros() }),
        )
        shell.once('error', reject)
        shell.once('close', (code) => reject(new Error(`docker run ended with ${code}: ${complaint.trim()}`)))
      })
    },
    remove: (containerId) => removeContainer(engine, containerId),
    close: async () => engine.close(),
  }
}
