import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Pod as Sandbox } from '../../backend/backend.ts'
import { runCommand } from '../../backend/run-command.ts'
import type { EmulatedTime } from '../../clock/emulated-time.ts'
import type { Container, Probe } from '../objects/pod.ts'

export interface ProbeWatch {
  readonly probe: Probe
  readonly sandbox: Sandbox
  readonly container: Container
  readonly time: EmulatedTime
  /** Ends with the instance. */
  readonly signal: AbortSignal
  /** Called with the reason of each failed attempt. */
  readonly onAttemptFailed: (reason: string) => void
  /** Called when so many in a row have succeeded, or failed, as the thresholds say. True: enough is known. */
  readonly onResult: (succeeded: boolean) => boolean
}

/** Probes a container as its node does, until enough is known or the instance has ended. */
export async function watchProbe(watch: ProbeWatch): Promise<void> {
  const { probe, time, signal } = watch
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1, failureThreshold = 3 } = probe
  let [successes, failures] = [0, 0]
  try {
    await time.pass(initialDelaySeconds * 1_000, signal)
    for (;;) {
      const reason = await attempt(watch)
      signal.throwIfAborted()
      if (reason === null) [successes, failures] = [successes + 1, 0]
      else {
        ;[successes, failures] = [0, failures + 1]
        watch.onAttemptFailed(reason)
      }
      const isKnown = successes >= successThreshold || failures >= failureThreshold
      if (isKnown && watch.onResult(reason === null)) return
      if (failures >= failureThreshold) failures = 0
      await time.pass(periodSeconds * 1_000, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** Null: it is well. */
async function attempt(watch: ProbeWatch): Promise<string | null> {
  const { probe, time, signal } = watch
  // Not less than half a second of real time: programs do not run faster for the time scale.
  const timeoutInMs = Math.max(500, time.toReal((probe.timeoutSeconds ?? 1) * 1_000))
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(timeoutInMs)])
  try {
    if (probe.exec) return await attemptExec(watch, timeout)
    return probe.httpGet ? await attemptHttp(watch, timeout) : await attemptTcp(watch)
  } catch (error) {
    if (timeout.aborted)
      return probe.exec
        ? `command timed out after ${probe.timeoutSeconds ?? 1}s`
        : 'context deadline exceeded'
    return error instanceof Error ? error.message : String(error)
  }
}

async function attemptExec(
  { probe, sandbox, container }: ProbeWatch,
  signal: AbortSignal,
): Promise<string | null> {
  const command = probe.exec?.command ?? []
  const { exitCode, stdout, stderr } = await runCommand(sandbox, container.name, command, signal)
  return exitCode === 0 ? null : (stdout + stderr).trim()
}

async function attemptTcp({ probe, sandbox, container }: ProbeWatch): Promise<string | null> {
  const connection = await sandbox.connect(portOf(probe.tcpSocket?.port ?? 0, container))
  connection.destroy()
  return null
}

async function attemptHttp(
  { probe, sandbox, container }: ProbeWatch,
  signal: AbortSignal,
): Promise<string | null> {
  const { path = '/', httpHeaders = [], scheme = 'HTTP', port } = probe.httpGet ?? { port: 0 }
  const number = portOf(port, container)
  const connection = await sandbox.connect(number)
  const request = scheme.toUpperCase() === 'HTTPS' ? httpsRequest : httpRequest
  const status = await new Promise<number>((resolve, reject) => {
    request({
      host: sandbox.host,
      port: number,
      path,
      headers: {
        'user-agent': 'kube-probe',
        ...Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
      },
      // Whose certificate it is makes no difference to a node.
      rejectUnauthorized: false,
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

/** A port may be told by its name. */
function portOf(port: number | string, { ports = [] }: Container): number {
  if (typeof port === 'number' || /^\d+$/.test(port)) return Number(port)
  const found = ports.find(({ name }) => name === port)
  if (!found) throw new Error(`couldn't find port by name: ${port}`)
  return found.containerPort
}
