/** The program of another process that owns runs: it does what it is told over the channel to its parent, until it is killed. */
import type { AnyProvider } from '@berth/core'
import type { CreateProvider, ProviderOverrides } from '../world.ts'
import type { OwnerAnswer, OwnerRequest } from './owner-messages.ts'

const [moduleUrl = ''] = process.argv.slice(2)
const { default: createProvider } = (await import(moduleUrl)) as { readonly default: CreateProvider }
const provider = createProvider()

process.on('message', (request: OwnerRequest) => {
  answer(request).then(
    (value) => tell({ kind: 'done', id: request.id, value }),
    (error: unknown) =>
      tell({
        kind: 'failed',
        id: request.id,
        message: error instanceof Error ? error.message : String(error),
      }),
  )
})
tell({ kind: 'ready' })

async function answer(request: OwnerRequest): Promise<unknown> {
  switch (request.verb) {
    case 'run': {
      const own = createProvider(request.overrides as ProviderOverrides)
      const run = await own.run(request.spec as Parameters<AnyProvider['run']>[0])
      return { id: run.id, name: run.name }
    }
    case 'list':
      return (await Array.fromAsync(provider.list())).map(({ id }) => id)
    case 'remove':
      return await (await provider.get(request.run))?.remove()
  }
}

function tell(message: OwnerAnswer): void {
  process.send?.(message)
}
