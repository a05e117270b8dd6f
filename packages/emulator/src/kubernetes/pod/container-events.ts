/** What a node tells of one container. */
export interface ContainerEvents {
  tell(reason: ContainerEventReason, message: string): void
}

export type ContainerEventReason =
  | 'Pulling'
  | 'Pulled'
  | 'Created'
  | 'Started'
  | 'Killing'
  | 'Failed'
  | 'BackOff'
  | 'Unhealthy'
  | 'InspectFailed'
  | 'ErrImageNeverPull'

const NORMAL: ReadonlySet<string> = new Set(['Pulling', 'Pulled', 'Created', 'Started', 'Killing'])

/** How a node grades what it tells. A pull that is put off is no trouble yet; a start that is, is. */
export function gradeOf(reason: ContainerEventReason, message: string): 'Normal' | 'Warning' {
  if (reason === 'BackOff') return message.startsWith('Back-off pulling') ? 'Normal' : 'Warning'
  return NORMAL.has(reason) ? 'Normal' : 'Warning'
}
