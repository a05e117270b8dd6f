import type { StartError } from '../../backend/backend.ts'
import type { KubernetesDialect } from '../kubernetes-dialect.ts'
import type { Container, Terminated } from '../objects/pod.ts'

/** How a runtime tells that it could not begin a program: containerd, and before 1.24 Docker. */
export function startFailureOf(
  { reason, message }: StartError,
  { command, args }: Container,
  at: string,
  { minorVersion }: KubernetesDialect,
): { readonly state: Terminated; readonly message: string } {
  const program = JSON.stringify((command?.length ? command : args)?.[0] ?? '')
  const why = {
    'not-found': `exec: ${program}: executable file not found in $PATH: unknown`,
    'not-executable': `exec: ${program}: permission denied: unknown`,
    refused: message,
    'not-running': message,
  }[reason]
  if (minorVersion >= 24) {
    const told = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${why}`
    return {
      message: told,
      state: {
        exitCode: 128,
        reason: 'StartError',
        message: told,
        startedAt: '1970-01-01T00:00:00Z',
        finishedAt: at,
      },
    }
  }
  const told = `failed to start container: Error response from daemon: OCI runtime create failed: container_linux.go: starting container process caused: ${why}`
  const exitCode = reason === 'not-executable' ? 126 : 127
  return {
    message: told,
    state: { exitCode, reason: 'ContainerCannotRun', message: told, startedAt: at, finishedAt: at },
  }
}
