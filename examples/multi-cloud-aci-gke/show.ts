import { type Part, shownPart } from './part.ts'

const startedAt = performance.now()

/** A line of the story, with the seconds since it began. */
export function tell(text: string): void {
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`)
}

/** Tells each mark of a start as it becomes known, and the whole when it has answered. Throws what keeps it from becoming ready. */
export async function followStart(part: Part): Promise<void> {
  const { name, cloud, run } = part
  const ended = new AbortController()
  const told = new Set<string>(['requested', 'ready'])
  const follow = async () => {
    for await (const _ of run.changes({ signal: ended.signal })) {
      for (const mark of run.timeline.marks) {
        if (told.has(mark.name)) continue
        told.add(mark.name)
        tell(`  ${name} on ${cloud}: ${mark.name} after ${seconds(mark.at / 1_000)}`)
      }
    }
  }
  const following = follow().catch(() => {})
  try {
    await run.ready()
    // A cloud that is polled tells the end of the start a moment later.
    await run.refresh()
  } finally {
    ended.abort()
    await following
  }
  const { totalInMs, phases } = shownPart(part)
  const parts = phases.map((phase) => `${phase.name} ${seconds(phase.inMs)}`).join(', ')
  tell(`${name} on ${cloud} answered after ${seconds(totalInMs)} (${parts})`)
}

/** How long each part took to start, and where. */
export function showTable(parts: readonly Part[]): void {
  console.log()
  for (const part of parts) {
    const { name, cloud, totalInMs, phases, emulated } = shownPart(part)
    const longest = [...phases].sort((one, other) => other.inMs - one.inMs)[0]
    const why = longest ? `, most of it ${longest.name} (${seconds(longest.inMs)})` : ''
    console.log(
      `${name.padEnd(10)} ${cloud.padEnd(5)} ${seconds(totalInMs).padStart(8)}${why}${emulated ? ', emulated' : ''}`,
    )
  }
  console.log()
}

function seconds(inMs: number | undefined): string {
  return inMs === undefined ? '-' : `${(inMs / 1_000).toFixed(2)} s`
}
