import type { ArmRequest } from '../arm/arm-operation.ts'
import { jsonResponse } from '../arm/json-response.ts'
import type { Pod } from '../backend/backend.ts'
import type { WireResponse } from '../server/wire-message.ts'
import { invalid, notRunning } from './aci-errors.ts'
import type { AciParts } from './aci-parts.ts'
import { requireContainer } from './find-group.ts'

interface ExecBody {
  readonly command?: string
  readonly terminalSize?: { readonly rows?: number; readonly cols?: number }
}

/** Of the node's own protocol, as was recorded. */
const STREAM_VERSION = '1.0'

/** POST …/exec: a websocket to a new process in a terminal, whose size is told here and never changes. */
export function execInContainer(request: ArmRequest, parts: AciParts): WireResponse {
  const { pod, container } = startedContainer(request, parts)
  const { command = '', terminalSize = {} } = request.body<ExecBody>()
  if (command.trim() === '') throw invalid('InvalidExecCommand', "The 'command' cannot be empty.")
  // A terminal that has no size tells 0.
  const { rows, cols: columns } = { rows: terminalSize.rows || 24, cols: terminalSize.cols || 80 }
  const words = parts.dialect.execCommand === 'split' ? command.trim().split(/\s+/) : [command]
  const open = () => pod.exec(container, words, { tty: true, stdin: true, size: { rows, columns } })
  const query = { 'api-version': STREAM_VERSION, rows: String(rows), cols: String(columns) }
  return jsonResponse(200, parts.sessions.promise('exec', request.wire.url, query, open))
}

/** POST …/attach: a websocket to what the container writes from now on. */
export function attachToContainer(request: ArmRequest, parts: AciParts): WireResponse {
  const { pod, container } = startedContainer(request, parts)
  const open = () => pod.attach(container, { stdin: false })
  const query = { 'api-version': STREAM_VERSION }
  return jsonResponse(200, parts.sessions.promise('attach', request.wire.url, query, open))
}

/** One that has ended is taken too: only who connects learns that nothing runs in it. */
function startedContainer(
  request: ArmRequest,
  parts: AciParts,
): { readonly pod: Pod; readonly container: string } {
  const { group, container } = requireContainer(request, parts)
  const pod = group.life?.pod
  if (!pod || !container.hasStarted) throw notRunning(group.name, container.name)
  return { pod, container: container.name }
}
