import type { Metadata } from './metadata.ts'

/** A Service, as far as Berth reads and writes it. */
export interface Service {
  readonly metadata: Metadata
  readonly spec: {
    readonly type: 'LoadBalancer' | 'NodePort'
    readonly selector: Readonly<Record<string, string>>
    readonly ports: readonly ServicePort[]
    readonly [field: string]: unknown
  }
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[]
    }
  }
}

interface ServicePort {
  readonly name: string
  readonly port: number
  readonly targetPort: number
  readonly protocol: 'TCP' | 'UDP'
  readonly nodePort?: number
}
