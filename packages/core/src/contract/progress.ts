/** How far a part of a start is, for people who wait. */
export interface Progress {
  readonly step: 'pull' | 'place' | 'create' | 'start'
  /** `nginx:1, 3 of 5 layers`. */
  readonly text: string
  /** Bytes, where known. */
  readonly done?: number | undefined
  readonly total?: number | undefined
}
