import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Pod as Sandbox } from '../../backend/backend.ts'
import { runCommand } from '../../backend/run-command.ts'
import type { EmulatedTime } from '../../clock/emulated-time.ts'
import type { Container, Probe } from '../objects/pod.ts'
import { expandReferences } from './resolve-environment.ts'

export interface ProbeWatch {
  readonly probe: Probe
  readonly sandbox: Sandbox
  readonly container: Container
  /** What its commands may refer to. */
  readonly env: Readonly<Record<string, string>>
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

/** Null: it is well. What takes too long is cut off, whatever it waits for. */
async function attempt(watch: ProbeWatch): Promise<string | null> {
  const { probe, time, signal } = watch
  const seconds = probe.timeoutSeconds ?? 1
  const tooLong = probe.exec ? `command timed out after ${seconds}s` : 'context deadline exceeded'
  const limit = new AbortController()
  const end = () => limit.abort(new Error(tooLong))
  // Not less than half a second of real time: programs do not run faster for the time scale.
  const timer = setTimeout(end, Math.max(500, time.toReal(seconds * 1_000)))
  signal.addEventListener('abort', end, { once: true })
  const cut = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true })
  })
  try {
    return await Promise.race([look(watch, limit.signal), cut])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

async function look(watch: ProbeWatch, signal: AbortSignal): Promise<string | null> {
  if (watch.probe.exec) return await attemptExec(watch, signal)
  return watch.probe.httpGet ? await attemptHttp(watch, signal) : await attemptTcp(watch)
}

async function attemptExec(
  { probe, sandbox, container, env }: ProbeWatch,
  signal: AbortSignal,
): Promise<string | null> {
  const command = (probe.exec?.command ?? []).map((word) => expandReferences(word, env))
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
