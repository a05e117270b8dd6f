import { durationInMs, type HealthCheck, type PlannedContainer } from '@berth/core'
import { escapeReferences } from './escape-references.ts'

/** A health check as the readiness probe that the node makes. */
export function convertProbe(
  { probe, interval = '10s', timeout = '5s', retries = 3 }: HealthCheck,
  { ports }: Pick<PlannedContainer, 'ports'>,
): object {
  const port = 'port' in probe && probe.port !== undefined ? probe.port : ports[0]?.port
  return {
    ...(probe.kind === 'exec' && { exec: { command: probe.command.map(escapeReferences) } }),
    ...(probe.kind === 'tcp' && { tcpSocket: { port } }),
    ...(probe.kind === 'http' && {
      httpGet: {
        port,
        path: probe.path,
        scheme: (probe.scheme ?? 'http').toUpperCase(),
        httpHeaders: Object.entries(probe.headers ?? {}).map(([name, value]) => ({ name, value })),
      },
    }),
    periodSeconds: wholeSeconds(interval),
    timeoutSeconds: wholeSeconds(timeout),
    failureThreshold: retries,
  }
}

function wholeSeconds(duration: NonNullable<HealthCheck['interval']>): number {
  return Math.max(1, Math.round(durationInMs(duration) / 1_000))
}
