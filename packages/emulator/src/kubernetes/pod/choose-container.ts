import type { Pod } from '../objects/pod.ts'
import { badRequest } from '../status-error.ts'

/** The container that is meant; the only one where none is named. @throws StatusError */
export function chooseContainer({ metadata, spec }: Pod, name: string | null): string {
  const { containers, initContainers = [] } = spec
  if (name) {
    if ([...containers, ...initContainers].some((one) => one.name === name)) return name
    throw badRequest(`container ${name} is not valid for pod ${metadata.name}`)
  }
  const [only] = containers
  if (containers.length === 1 && only && initContainers.length === 0) return only.name
  if (containers.length === 1 && only) return only.name
  const names = containers.map((one) => one.name).join(' ')
  const inits = initContainers.map((one) => one.name).join(' ')
  throw badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: [${names}]${inits ? ` or one of the init containers: [${inits}]` : ''}`,
  )
}
