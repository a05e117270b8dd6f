import type { Capabilities } from '../contract/capabilities.ts'
import type { PlannedContainer } from '../contract/group-plan.ts'
import type { Field } from './field.ts'

/** Refuses ports that two containers of one group would fight for: those of a shared network, and those given to the host. */
export function checkGroupPorts(
  fieldOf: (container: PlannedContainer) => Field,
  containers: readonly PlannedContainer[],
  { groupNetwork }: Pick<Capabilities, 'groupNetwork'>,
): void {
  const inside = new Map<string, string>()
  const outside = new Map<string, string>()
  for (const container of containers) {
    for (const { port, protocol, publish } of container.ports) {
      const taken = inside.get(`${port}/${protocol}`)
      if (taken !== undefined && groupNetwork === 'localhost') {
        fieldOf(container)
          .at('ports')
          .refuse(
            `${port}/${protocol} is also a port of container '${taken}', and both share one network; let one listen on another port`,
          )
      }
      inside.set(`${port}/${protocol}`, container.name)
      if (publish === undefined) continue
      const publisher = outside.get(`${publish}/${protocol}`)
      if (publisher !== undefined) {
        fieldOf(container)
          .at('ports')
          .refuse(
            `publishes ${publish}/${protocol}, which container '${publisher}' publishes too; choose another or leave publish out`,
          )
      }
      outside.set(`${publish}/${protocol}`, container.name)
    }
  }
}
