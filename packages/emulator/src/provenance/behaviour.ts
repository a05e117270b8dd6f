/** One thing that the emulator does, and how it is known that the real service does it. */
export interface Behaviour {
  /** `arm`, `aci`, … */
  readonly service: string
  readonly what: string
  /**
   * `recorded`: seen in recorded traffic. `documented`: said by the vendor, in its documents, specifications or SDKs. `reported`: told by users of
   * the service. `assumed`: nobody has told; it is what seemed likely.
   */
  readonly provenance: 'recorded' | 'documented' | 'reported' | 'assumed'
  readonly source: string
  /** Year, or years, of the source. Absent for what is assumed. */
  readonly date?: string | undefined
  /** The dialect, limit or option that changes it. */
  readonly changedBy?: string | undefined
}
