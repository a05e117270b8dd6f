// A preview environment outlives the script that starts it: it lives while somebody renews it, and the next sweep removes it after that.
import { http } from '@berth/core'
import { chooseProvider } from './shared/choose-provider.ts'

const { provider, web: image } = await chooseProvider()

// In the pipeline of a pull request: the token makes a second run of the pipeline find the first one's environment.
const token = `pull-request-${process.pid}`
const spec = { image, name: 'preview', ports: [80], ready: http('/'), lifetime: { lease: '1h' } } as const
const started = await provider.run(spec, { token })
await started.ready()
const again = await provider.run(spec, { token })
console.log(
  `${started.id} at ${started.url}; asked again: ${again.id === started.id ? 'the same' : 'another'}`,
)

// In another process, each time somebody looks at it:
const found = await provider.get(started.id)
await found?.renew()
console.log(`wanted until ${found?.expiresAt?.toISOString()}`)

// When the pull request is closed:
await found?.remove()
console.log(`gone: ${(await provider.get(started.id)) === null}`)
