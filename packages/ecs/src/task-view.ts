/** What is remembered of one run between two looks. */
export interface TaskView {
  /** When this process ordered it, if it did, and whether any answer has shown it since, on the monotonic clock. */
  readonly orderedAt: number | undefined
  readonly isVisible: boolean
  /** When it was first seen. */
  readonly firstSeenAt: number
  /** The network interface's public address, once it is known. */
  readonly publicIp: string | undefined
  /** Whether its end was seen by this process. */
  readonly hasEnded: boolean
}

/** An order may take so long to be seen by those who answer questions. */
const VISIBLE_WITHIN_MS = 60_000

/** Whether that a task is not there may only mean that it is not there yet. */
export function isJustOrdered(view: TaskView | undefined): boolean {
  if (view?.orderedAt === undefined || view.isVisible) return false
  return performance.now() - view.orderedAt < VISIBLE_WITHIN_MS
}

/** The runs that this process has ordered so lately that lists may not hold them. */
export function justOrdered(views: ReadonlyMap<string, TaskView>): readonly string[] {
  const since = performance.now() - VISIBLE_WITHIN_MS
  return [...views].flatMap(([ref, { orderedAt = since }]) => (orderedAt > since ? [ref] : []))
}

/** A run that is seen for the first time. */
export function newView(more: Partial<TaskView> = {}): TaskView {
  return {
    orderedAt: undefined,
    isVisible: false,
    firstSeenAt: performance.now(),
    publicIp: undefined,
    hasEnded: false,
    ...more,
  }
}

/** Notes that an answer has shown a task: from then on its absence means that it is gone. */
export function sawTask(views: Map<string, TaskView>, ref: string): void {
  const view = views.get(ref)
  if (view !== undefined && !view.isVisible) views.set(ref, { ...view, isVisible: true })
}
