import type { ContainerStatus, Pod } from '../objects/pod.ts'
import { formatAge } from './format-age.ts'
import type { TableColumn } from './table-column.ts'

export function podColumns(name: TableColumn, age: TableColumn): readonly TableColumn<Pod>[] {
  return [
    name,
    { name: 'Ready', cell: readyOf },
    { name: 'Status', cell: (pod) => statusOfPod(pod) },
    { name: 'Restarts', cell: restartsOf },
    age,
    { name: 'IP', priority: 1, cell: ({ status }) => status?.podIP || '<none>' },
    { name: 'Node', priority: 1, cell: ({ spec }) => spec.nodeName || '<none>' },
    { name: 'Nominated Node', priority: 1, cell: () => '<none>' },
    { name: 'Readiness Gates', priority: 1, cell: () => '<none>' },
  ]
}

function readyOf(pod: Pod): string {
  const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
  const names = new Set([...pod.spec.containers, ...sidecars].map(({ name }) => name))
  const ready = statusesOf(pod).filter((one) => names.has(one.name) && one.ready)
  return `${ready.length}/${names.size}`
}

/** One word for what is worth knowing: a reason where there is one, else the phase. */
function statusOfPod(pod: Pod): string {
  const { spec, status = {}, metadata } = pod
  let word = status.reason || status.phase || 'Unknown'
  const inits = status.initContainerStatuses ?? []
  const waitsAt = inits.findIndex((one, index) =>
    isInTheWay(one, spec.initContainers?.[index]?.restartPolicy),
  )
  if (waitsAt >= 0) {
    word = `Init:${initWord(inits[waitsAt], waitsAt, spec.initContainers?.length ?? 0)}`
  } else {
    let hasRunning = false
    for (const one of [...(status.containerStatuses ?? [])].reverse()) {
      const { waiting, terminated, running } = one.state
      if (waiting?.reason) word = waiting.reason
      else if (terminated) word = terminated.reason || endWord(terminated)
      else if (one.ready && running) hasRunning = true
    }
    if (word === 'Completed' && hasRunning)
      word = status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True')
        ? 'Running'
        : 'NotReady'
  }
  return metadata.deletionTimestamp === undefined ? word : 'Terminating'
}

function isInTheWay({ state, started }: ContainerStatus, restartPolicy: string | undefined): boolean {
  if (state.terminated?.exitCode === 0) return false
  return !(restartPolicy === 'Always' && started)
}

function initWord(status: ContainerStatus | undefined, index: number, count: number): string {
  const { waiting, terminated } = status?.state ?? {}
  if (terminated) return terminated.reason || endWord(terminated)
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return waiting.reason
  return `${index}/${count}`
}

function endWord({ signal, exitCode }: { readonly signal?: number; readonly exitCode: number }): string {
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`
}

/** `2 (5s ago)` */
function restartsOf(pod: Pod, now: number): string {
  const statuses = statusesOf(pod)
  const count = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0)
  const ends = statuses.flatMap(({ lastState }) => lastState.terminated?.finishedAt ?? [])
  const last = ends.sort().at(-1)
  return count > 0 && last !== undefined ? `${count} (${formatAge(last, now)} ago)` : String(count)
}

function statusesOf({ status = {} }: Pod): readonly ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
}
