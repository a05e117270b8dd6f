import type { PlannedFile } from '../contract/group-plan.ts'
import { isSecret } from '../secrets/secret.ts'
import { readContainerPath } from './container-path.ts'
import type { Field } from './field.ts'
import { isObject } from './field.ts'
import type { PlanContext } from './plan-context.ts'

const MODE = 0o644
const SECRET_MODE = 0o400

/** The files of one container. Their size is checked later, once secrets are known. */
export function planFiles(field: Field, context: PlanContext): readonly PlannedFile[] {
  const planned: PlannedFile[] = []
  for (const [name, entry] of field.entries("contents by path: { '/etc/app.conf': '…' }")) {
    const path = readContainerPath(entry, name)
    const file = readFile(entry, context)
    if (path === undefined || file === undefined) continue
    if (/[\\/]$/.test(path)) entry.refuse('ends like a directory; write the path of a file')
    else if (path.includes('\0')) entry.refuse('has a NUL byte in its path; remove it')
    else planned.push({ path, ...file })
  }
  return planned
}

function readFile(entry: Field, context: PlanContext): Pick<PlannedFile, 'content' | 'mode'> | undefined {
  const bare = !isObject(entry.value) || isSecret(entry.value) || entry.value instanceof Uint8Array
  if (!bare && !entry.mustBeObject('a text, bytes, secret() or { content, mode }')) return undefined
  const content = readContent(bare ? entry : entry.at('content'), context)
  const mode = bare ? undefined : entry.read('mode', readMode)
  if (content === undefined) return undefined
  return { content, mode: mode ?? (isSecret(content) ? SECRET_MODE : MODE) }
}

function readContent(field: Field, { capabilities }: PlanContext): PlannedFile['content'] | undefined {
  const { value } = field
  // A copy: what the caller writes into its buffer later is not what was asked for.
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (typeof value === 'string') {
    if (value.isWellFormed()) return value
    return field.refuse('holds half a surrogate pair; write bytes (a Uint8Array) instead')
  }
  if (!isSecret(value))
    return field.refuse(`${field.shown} is no content; write a text, a Uint8Array or secret()`)
  if (capabilities.files?.secret !== false) return value
  return field.refuseUnsupported(
    `${capabilities.name} does not support secret files: everybody who may read the run could read it; hand the secret over in env`,
  )
}

function readMode(field: Field): number | undefined {
  const { value } = field
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0o777) return value
  const digits = /^0?o?([0-7]{3})$/.exec(String(value))?.[1]
  return field.refuse(
    `${field.shown} are no permission bits; write an octal number from 0o000 to 0o777${digits === undefined ? ', such as 0o644' : `; did you mean 0o${digits}?`}`,
  )
}
