import { delimiter, join } from 'node:path'
import { processMark } from '../marked-processes.ts'
import { groupPaths } from '../state-directory.ts'
import type { GroupContext } from './group-context.ts'

/** The descriptor on which our own scripts see their supervisor die. */
export const lifelineDescriptor = 3

/**
 * The whole environment of a process in a container: where it is, its ports, what the spec gives; nothing of the
 * environment of whoever started it.
 */
export function containerEnvironment(
  context: GroupContext,
  container: string,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const root = groupPaths(context.directory).root(container)
  const temporary = join(root, 'tmp')
  return {
    ...systemEnvironment(),
    HOME: root,
    TMPDIR: temporary,
    BERTH_ROOT: root,
    HOST: context.record.address,
    ...portVariables(context, container),
    ...context.env[container],
    ...extra,
    ...processMark(context.record.uid, container),
  }
}

function systemEnvironment(): Record<string, string> {
  const PATH = process.env.PATH ?? ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter)
  // Without it no program of Windows can open a socket.
  const SystemRoot = process.env.SystemRoot
  return SystemRoot === undefined ? { PATH } : { PATH, SystemRoot }
}

/** PORT is the container's first port; PORT_<number> are those of the whole group, its own before the others'. */
function portVariables({ ports }: GroupContext, container: string): Record<string, string> {
  const own = ports.filter((port) => port.container === container)
  const others = ports.filter((port) => port.container !== container)
  const variables: Record<string, string> = {}
  for (const port of [...own, ...others]) variables[`PORT_${port.containerPort}`] ??= String(port.hostPort)
  const [first] = own
  if (first !== undefined) variables.PORT = String(first.hostPort)
  return variables
}
