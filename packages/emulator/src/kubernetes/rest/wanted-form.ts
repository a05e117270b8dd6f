/** How the client wants objects to be told. */
export interface WantedForm {
  readonly as: 'object' | 'table' | 'metadata'
  /** Of the tables or metadata. */
  readonly version: 'v1' | 'v1beta1'
}

/** The first form of an `Accept` header that is served; objects where there is none. */
export function wantedForm(accept: string | undefined): WantedForm {
  for (const range of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue
    const { as, v, g } = Object.fromEntries(parameters.map((part) => part.split('=')))
    if (as === undefined) return { as: 'object', version: 'v1' }
    if (g !== 'meta.k8s.io' || (v !== 'v1' && v !== 'v1beta1')) continue
    if (as === 'Table') return { as: 'table', version: v }
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList')
      return { as: 'metadata', version: v }
  }
  return { as: 'object', version: 'v1' }
}
