import { expect, it } from 'vitest'
import { checkPlatform } from './check-platform.ts'

const warning = (image: string, host: string) =>
  `The requested image's platform (${image}) does not match the detected host platform (${host}) and no specific platform was requested`

it('refuses another processor, naming both and the way out', () => {
  expect(() => checkPlatform([warning('linux/arm64', 'linux/amd64')], 'app:1')).toThrow(
    /app:1 is made for linux\/arm64, and the engine's machine is linux\/amd64.*architecture: 'arm64'/,
  )
  expect(() => checkPlatform([warning('linux/amd64', 'linux/arm64/v8')], 'app:1')).toThrow()
})

it('takes what the processor runs too, and other warnings', () => {
  checkPlatform([warning('linux/386', 'linux/amd64'), warning('linux/arm64', 'linux/arm64/v8')], 'app:1')
  checkPlatform(['Your kernel does not support swap limit capabilities'], 'app:1')
})
