import type { LocatedRun } from '../providers/list-runs.ts'
import { idOf } from '../providers/open-provider.ts'

/** Shorter than this a long ref is not made: it should look like itself, not like another's beginning. */
const SHORTEST = 12

/** Ids to show and to type: hexadecimal refs are cut to as many digits as tell them from each other. */
export function shortIds(runs: readonly LocatedRun[]): readonly string[] {
  const refs = runs.map(({ run }) => run.ref)
  return runs.map(({ on, run }) => {
    const { ref } = run
    if (!/^[0-9a-f]{32,}$/.test(ref)) return idOf(on, run)
    let length = SHORTEST
    while (length < ref.length && refs.filter((other) => other.startsWith(ref.slice(0, length))).length > 1)
      length += 1
    return idOf(on, { ref: ref.slice(0, length) })
  })
}
