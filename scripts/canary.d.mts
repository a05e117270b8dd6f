/** Where a canary stands in a text, itself masked. */
export interface Finding {
  readonly form: string
  readonly line: number
  readonly text: string
}

export const TRANSCRIPTS: string
export function newCanary(): string
export function findCanary(text: string, canary: string): Finding[]
export function searchForCanary(options: {
  readonly canary: string
  readonly transcripts: string
  readonly root: string
  readonly sinceInMs: number
  readonly write?: (line: string) => void
}): Promise<boolean>
