import { describe, expect, test } from 'vitest'
import {
  type Adapter,
  BerthError,
  type Capabilities,
  defineProvider,
  type SetupItem,
  secret,
} from '../src/index.ts'

const CAPABILITIES = {
  name: 'bare',
  architecture: ['amd64'],
  restart: ['never'],
  expose: ['public'],
  secretRef: true,
  secretEnv: 'reference',
  ports: 'same',
  maxLifetime: 'sweep',
  exitCode: 'none',
  groupNetwork: 'none',
} as const satisfies Capabilities

/** A cloud on which nothing ever runs. */
function bare(more: Partial<Adapter> = {}) {
  const adapter: Adapter = {
    clocks: {},
    lease: { lengthInMs: 60_000, settleInMs: 0 },
    check: async () => [],
    create: async () => {
      throw new BerthError({ code: 'capacity', message: 'there is no room at all' })
    },
    async *find() {},
    stop: async () => {},
    remove: async () => {},
    rates: () => ({
      currency: 'USD',
      items: [],
      billedFrom: 'started',
      billedUntil: 'stopped',
      source: 'nobody',
      date: '2026-11-26',
    }),
    close: async () => {},
    ...more,
  }
  return defineProvider({ capabilities: CAPABILITIES, connect: () => adapter })()
}

const MADE: SetupItem = { name: 'network', outcome: 'made', detail: 'for all runs' }

describe('a set-up', () => {
  test('is the adapter’s, as is its removal', async () => {
    const asked: unknown[] = []
    const provider = bare({
      setup: async () => [MADE],
      teardown: async (options) => {
        asked.push(options)
        return [{ ...MADE, outcome: 'removed' }]
      },
    })
    expect(await provider.setup()).toEqual({ provider: 'bare', dryRun: false, items: [MADE] })
    expect(await provider.teardown({ dryRun: true })).toMatchObject({ dryRun: true })
    expect(await provider.teardown()).toMatchObject({ dryRun: false, items: [{ outcome: 'removed' }] })
    expect(asked).toEqual([{ dryRun: true }, { dryRun: false }])
  })

  test('is nothing where the cloud needs none', async () => {
    expect(await bare().setup()).toEqual({ provider: 'bare', dryRun: false, items: [] })
    expect((await bare().teardown()).items).toEqual([])
  })

  test('that fails says whose it was', async () => {
    const provider = bare({
      setup: async () => {
        throw new BerthError({ code: 'permission', message: 'the account may not' })
      },
    })
    await expect(provider.setup()).rejects.toMatchObject({
      code: 'permission',
      operation: 'setup',
      provider: 'bare',
    })
  })
})

test('a sweep also tidies up what runs share, and a dry one only says so', async () => {
  const asked: unknown[] = []
  const provider = bare({
    tidy: async (options) => {
      asked.push(options)
      return ['definition of nobody']
    },
  })
  expect((await provider.sweep({ dryRun: true })).tidied).toEqual(['definition of nobody'])
  expect((await provider.sweep()).tidied).toEqual(['definition of nobody'])
  expect(asked).toEqual([{ dryRun: true }, { dryRun: false }])
  expect((await bare().sweep()).tidied).toEqual([])
})

test('a cloud that only refers to secrets takes none by value, and the error does not show it', async () => {
  const error = await bare()
    .run({ image: 'app', env: { PASSWORD: secret('the very word') } })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'unsupported' })
  expect(String(error)).toMatch(/PASSWORD.*secretRef/)
  expect(String(error)).not.toContain('the very word')
})
