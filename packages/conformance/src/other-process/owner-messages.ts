/** What is asked of an owner process. */
export type OwnerRequest =
  | { readonly id: number; readonly verb: 'run'; readonly spec: unknown; readonly overrides: unknown }
  | { readonly id: number; readonly verb: 'list' }
  | { readonly id: number; readonly verb: 'remove'; readonly run: string }

/** What it answers; `ready` comes once, before anything is asked. */
export type OwnerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
