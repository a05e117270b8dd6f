import { request as httpRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Pod } from '../backend/backend.ts'
import { runCommand } from '../backend/run-command.ts'
import type { EmulatedTime } from '../clock/emulated-time.ts'
import type { ProbeBody } from './group-body.ts'

export interface ProbeWatch {
  readonly probe: ProbeBody
  readonly pod: Pod
  readonly container: string
  readonly time: EmulatedTime
  /** Ends with the instance. */
  readonly signal: AbortSignal
  /** Called with the reason of each failed attempt. */
  readonly told: (reason: string) => void
  /** Called when as many in a row have failed as the threshold says; then the watch goes on. */
  readonly onFailed: () => Promise<void>
}

/** Probes a container as its node does, with Kubernetes' defaults: every 10 s, 1 s each, three failures. */
export async function watchProbe(watch: ProbeWatch): Promise<void> {
  const { probe, time, signal, told, onFailed } = watch
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe
  try {
    await time.pass(initialDelaySeconds * 1_000, signal)
    for (let failures = 0; ; ) {
      const reason = await attempt(watch)
      signal.throwIfAborted()
      if (reason === null) {
        failures = 0
      } else {
        failures += 1
        told(reason)
        if (failures === failureThreshold) {
          failures = 0
          await onFailed()
        }
      }
      await time.pass(periodSeconds * 1_000, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** Null: healthy. */
async function attempt(watch: ProbeWatch): Promise<string | null> {
  const { probe, time, signal } = watch
  // Not less than half a second of real time: programs do not run faster for the time scale.
  const timeoutInMs = Math.max(500, time.toReal((probe.timeoutSeconds ?? 1) * 1_000))
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(timeoutInMs)])
  try {
    return probe.exec ? await attemptExec(watch, timeout) : await attemptHttp(watch, timeout)
  } catch (error) {
    return timeout.aborted ? 'timed out' : error instanceof Error ? error.message : String(error)
  }
}

async function attemptExec(
  { probe, pod, container }: ProbeWatch,
  signal: AbortSignal,
): Promise<string | null> {
  const { exitCode, stdout, stderr } = await runCommand(pod, container, probe.exec?.command ?? [], signal)
  return exitCode === 0 ? null : (stderr || stdout).trim() || `exit code ${exitCode}`
}

async function attemptHttp({ probe, pod }: ProbeWatch, signal: AbortSignal): Promise<string | null> {
  const { port = 80, path = '/', httpHeaders = [] } = probe.httpGet ?? {}
  const connection: Duplex = await pod.connect(port)
  const status = await new Promise<number>((resolve, reject) => {
    httpRequest({
      host: pod.host,
      port,
      path,
      headers: Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
      createConnection: () => connection,
      agent: false,
      signal,
    })
      .on('response', (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      .on('error', reject)
      .end()
  }).finally(() => connection.destroy())
  return status >= 200 && status < 400 ? null : `HTTP probe failed with statuscode: ${status}`
}
