import { spawn } from 'node:child_process'
import { nowInMicros } from '../harness/monotonic-clock.ts'

/** What one writes in a script: run, wait for the Pod to call itself ready, ask every 10 ms. */
const SCRIPT = `
name=$1; image=$2; port=$3; label=$4
kubectl run "$name" --image "$image" --port "$port" --restart Never --labels "$label" >/dev/null || exit 1
kubectl wait --for condition=Ready --timeout 120s "pod/$name" >/dev/null || exit 1
address=$(kubectl get pod "$name" -o 'jsonpath={.status.podIP}')
until curl -fs -o /dev/null --max-time 1 "http://$address:$port/"; do sleep 0.01; done
echo ready
`

export interface KubectlStart {
  readonly name: string
  readonly image: string
  readonly port: number
  readonly label: string
}

/** `kubectl run`, `kubectl wait` and curl, in one shell. Gives what it took until the first answer, in microseconds. */
export function kubectlStart({ name, image, port, label }: KubectlStart): Promise<number> {
  return new Promise((resolve, reject) => {
    const beganAt = nowInMicros()
    const shell = spawn('sh', ['-c', SCRIPT, 'sh', name, image, String(port), label], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let complaint = ''
    shell.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk
    })
    shell.stdout.once('data', () => resolve(nowInMicros() - beganAt))
    shell.once('error', reject)
    shell.once('close', (code) => reject(new Error(`kubectl ended with ${code}: ${complaint.trim()}`)))
  })
}
