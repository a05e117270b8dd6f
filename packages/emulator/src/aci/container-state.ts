import { wholeSeconds } from './event-log.ts'

/** What a node says of one instance of a container. Times are on its clock. */
export type ContainerState =
  | { readonly state: 'Waiting'; readonly detailStatus: string }
  | { readonly state: 'Running'; readonly startedInMs: number }
  | {
      readonly state: 'Terminated'
      readonly startedInMs?: number | undefined
      readonly finishedInMs: number
      readonly exitCode: number
      readonly detailStatus: string
    }

export function renderState(state: ContainerState, exactness: 'seconds' | 'milliseconds'): object {
  const spell = exactness === 'seconds' ? wholeSeconds : milliseconds
  switch (state.state) {
    case 'Waiting':
      return state
    case 'Running':
      return { state: 'Running', startTime: spell(state.startedInMs), detailStatus: '' }
    case 'Terminated':
      return {
        state: 'Terminated',
        ...(state.startedInMs !== undefined && { startTime: spell(state.startedInMs) }),
        exitCode: state.exitCode,
        finishTime: spell(state.finishedInMs),
        detailStatus: state.detailStatus,
      }
  }
}

/** `2021-10-14T21:12:51.94Z`: zeros at the end are left out. */
function milliseconds(atInMs: number): string {
  return new Date(atInMs).toISOString().replace(/\.?0*Z$/, 'Z')
}
