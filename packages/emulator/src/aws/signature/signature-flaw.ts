/** What is wrong with a request's signature. */
export interface SignatureFlaw {
  readonly kind: 'missing' | 'incomplete' | 'unknown-key' | 'mismatch' | 'expired'
  /** In the words that most services use; EC2 has its own. */
  readonly message: string
}

export function isFlaw(found: SignatureFlaw | object): found is SignatureFlaw {
  return 'kind' in found
}
