import type { AciProbe } from './aci-native-options.ts'
import type { ContainerProbe } from './arm/container-group.ts'

/** A probe in the service's words. */
export function convertProbe({ exec, http, ...times }: AciProbe): ContainerProbe {
  const { initialDelaySeconds, periodSeconds, failureThreshold, successThreshold, timeoutSeconds } = times
  return {
    ...(exec && { exec: { command: exec } }),
    ...(http && {
      httpGet: {
        path: http.path,
        port: http.port,
        ...(http.scheme && { scheme: http.scheme }),
        ...(http.headers && {
          httpHeaders: Object.entries(http.headers).map(([name, value]) => ({ name, value })),
        }),
      },
    }),
    ...(initialDelaySeconds !== undefined && { initialDelaySeconds }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...(failureThreshold !== undefined && { failureThreshold }),
    ...(successThreshold !== undefined && { successThreshold }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  }
}
