import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BerthError, type ContainerSpec, http, secret } from '@berth/core'
import { embedded, type ProcessCapabilities } from '@berth/process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { canary, leaksIn } from '../../core/test/canary.ts'

const secrets = {
  env: { PASSWORD: secret(canary), LOOKED_UP: secret(async () => canary) },
  files: { '/etc/password': secret(canary) },
} as const
const onLinux = test.runIf(process.platform === 'linux')

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-secrets-'))
})
afterEach(async () => {
  for await (const run of embedded({ directory }).list()) await run.remove()
  await rm(directory, { recursive: true })
})

function sh(script: string): Pick<ContainerSpec<ProcessCapabilities>, 'image' | 'command'> {
  return { image: 'berth/shell', command: ['sh', '-c', script] }
}

test('secrets arrive, and show in nothing that is told of their run', async () => {
  const provider = embedded({ directory })
  const changes: unknown[] = []
  await using run = await provider.run(
    { ...sh('sleep 60'), ...secrets },
    { onProgress: (progress) => changes.push(progress) },
  )
  await run.ready()
  const script = 'printf "%s %s %s" "$PASSWORD" "$LOOKED_UP" "$(cat "$BERTH_ROOT/etc/password")"'
  const { stdout } = await run.exec(['sh', '-c', script])
  // Not by toBe: it would print the secret where it fails.
  expect(stdout === `${canary} ${canary} ${canary}`).toBe(true)
  const elsewhere = embedded({ directory })
  const told = {
    provider,
    run,
    containers: run.containers,
    events: run.events,
    timeline: run.timeline,
    cost: run.cost(),
    labels: run.labels,
    notes: run.notes,
    attempts: run.attempts,
    progress: changes,
    found: await elsewhere.get(run.id),
    listed: await Array.fromAsync(elsewhere.list()),
    swept: await elsewhere.sweep({ dryRun: true }),
    checked: await elsewhere.check(),
    secrets,
  }
  expect(leaksIn(told)).toEqual([])
})

onLinux(
  'secrets are on disk only in the file that was asked for, and in the environment of their container alone',
  async () => {
    const provider = embedded({ directory })
    {
      await using run = await provider.run({ ...sh('sleep 60'), ...secrets })
      await run.ready()
      const main = Object.keys(filesOf(directory)).find((path) => path.endsWith('/etc/password'))
      expect(main).toBeDefined()
      const others = Object.entries(filesOf(directory)).filter(([path]) => path !== main)
      expect(leaksIn(Object.fromEntries(others))).toEqual([])
      const supervisors = readdirSync('/proc').filter(
        (pid) => /^\d+$/.test(pid) && procOf(pid, 'cmdline').includes(`${directory}/`),
      )
      expect(supervisors.length).toBeGreaterThan(0)
      for (const pid of supervisors) {
        expect(leaksIn({ command: procOf(pid, 'cmdline'), environment: procOf(pid, 'environ') })).toEqual([])
      }
    }
    expect(leaksIn(filesOf(directory))).toEqual([])
  },
)

test('a container that prints its secrets and exits leaves none in the error', async () => {
  const provider = embedded({ directory })
  await using run = await provider.run({
    ...sh('echo "the password is $PASSWORD"; env; cat "$BERTH_ROOT/etc/password"; echo; exit 3'),
    ...secrets,
    ports: [80],
    ready: http('/'),
  })
  const error = await run.ready().catch((thrown: unknown) => thrown)
  expect(BerthError.isInstance(error) && error.code).toBe('exited')
  const logs = BerthError.isInstance(error) ? (error.evidence.logs ?? []) : []
  expect(logs.map(({ text }) => text)).toContain('the password is [secret]')
  expect(leaksIn({ error, logs, message: String(error), run, timeline: run.timeline })).toEqual([])
})

test.each<[string, Partial<ContainerSpec<ProcessCapabilities>>]>([
  ['an image that is not there', { image: 'berth/none' }],
  ['a program that is not there', { image: 'berth/shell', command: [`/${canary}/none`] }],
  ['an image named like the secret', { image: `registry.example/${canary}:1` }],
  [
    'a secret that cannot be looked up',
    { env: { PASSWORD: secret(() => Promise.reject(new Error(`no entry ${canary}`))) } },
  ],
  ['a variable with a wrong name', { env: { [`WRONG=${canary}`]: secret(canary) } }],
  ['a label with a wrong key', { labels: { [`berth-${canary}`]: canary } }],
  ['a file at a wrong path', { files: { [`not/absolute/${canary}`]: secret(canary) } }],
])('a start that fails for %s tells no secret', async (_what, wrong) => {
  const provider = embedded({ directory })
  const error = await (async () => {
    await using run = await provider.run({ ...sh('sleep 60'), ...secrets, ...wrong })
    await run.ready({ timeout: '20s' })
  })().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(leaksIn({ error })).toEqual([])
})

function filesOf(path: string): Record<string, string> {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return [file, readFileSync(file, 'utf8')]
    }),
  )
}

function procOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', '\n')
  } catch {
    return ''
  }
}
