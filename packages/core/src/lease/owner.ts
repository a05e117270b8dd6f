import { shortHash } from './short-hash.ts'

interface OwnerParts {
  readonly machine: string
  readonly boot: string
  readonly namespace: string
  readonly pid: number
  readonly start: string
}

const UNKNOWN = '0'
let mine: OwnerParts | undefined
let runs = 0

function fileSystem() {
  return process.getBuiltinModule('node:fs')
}

function readText(path: string): string {
  try {
    return fileSystem().readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** When a process of this machine started, in the kernel's ticks since boot; `0` where the system does not tell. */
function startOf(pid: number): string {
  // The second field is the program's name in parentheses and may hold anything, so count from its end.
  const fields = readText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')
  return fields?.[19] ?? UNKNOWN
}

function namespaceOf(): string {
  try {
    return shortHash(fileSystem().readlinkSync('/proc/self/ns/pid'))
  } catch {
    return UNKNOWN
  }
}

function self(): OwnerParts {
  if (mine === undefined) {
    const boot = readText('/proc/sys/kernel/random/boot_id')
    const machine = readText('/etc/machine-id') || process.getBuiltinModule('node:os').hostname()
    mine = {
      machine: shortHash(machine),
      boot: boot === '' ? UNKNOWN : shortHash(boot),
      namespace: namespaceOf(),
      pid: process.pid,
      start: startOf(process.pid),
    }
  }
  return mine
}

/** A new owner tag of this process; each call gives another, so that one `run()` can tell what it made itself. */
export function newOwnerTag(): string {
  const { machine, boot, namespace, pid, start } = self()
  runs += 1
  return [machine, boot, namespace, pid, start, runs].join('.')
}

/** Whether the tag names a process of this machine, boot and PID namespace that is no longer there. False wherever that cannot be known. */
export function isOwnerGone(tag: string): boolean {
  const [machine, boot, namespace, pidText, start] = tag.split('.')
  const here = self()
  if (here.boot === UNKNOWN || here.namespace === UNKNOWN || start === UNKNOWN || start === undefined)
    return false
  if (machine !== here.machine || boot !== here.boot || namespace !== here.namespace) return false
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
  // The number may have been given to another process since.
  return startOf(pid) !== start && startOf(pid) !== UNKNOWN
}
