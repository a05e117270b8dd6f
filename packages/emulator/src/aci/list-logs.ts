import type { ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { WireResponse } from '../server/wire-message.ts'
import { invalid, logNotAvailable } from './aci-errors.ts'
import type { AciParts } from './aci-parts.ts'
import { requireContainer } from './find-group.ts'
import { cutLog, readLog } from './read-log.ts'

/** GET …/logs: what the container's last instance has written. */
export async function listLogs(request: ArmRequest, parts: AciParts): Promise<WireResponse> {
  const { group, container } = requireContainer(request, parts)
  const { searchParams } = request.wire.url
  const asked = {
    limits: parts.limits,
    isRunning: container.current.state === 'Running',
    tail: readTail(searchParams.get('tail')),
    timestamps: searchParams.get('timestamps')?.toLowerCase() === 'true',
  }
  const kept = group.keptLogs.get(container.name)
  if (group.life === null && kept !== undefined)
    return jsonResponse(200, { content: cutLog(kept.split(/(?<=\n)/), asked) })
  if (!container.hasStarted || !group.life?.pod) throw logNotAvailable(group.name, container.name)
  return jsonResponse(200, { content: await readLog(group.life.pod, container.name, asked) })
}

function readTail(tail: string | null): number | undefined {
  if (tail === null) return undefined
  if (!/^\d+$/.test(tail))
    throw invalid('InvalidTail', `The value '${tail}' of 'tail' is not a number of lines.`)
  return Number(tail)
}
