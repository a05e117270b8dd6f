import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmulator } from '@berth/emulator'
import { afterAll, expect, test } from 'vitest'
import type { StartReport } from '../src/report/start-record.ts'
import { Place } from './run-berth.ts'

const place = new Place()
afterAll(() => place.leave())
const left = async () => ((await place.json(['ps', '--on', 'process'])).document as { runs: unknown[] }).runs

test('one start on each target, side by side, told as JSON and in a report, and nothing is left', async () => {
  const words = [
    'time',
    'berth/hello',
    '--on',
    'process,process=berth/hello:latest',
    '-p',
    '80',
    '--ready',
    'http:/',
  ]
  const { exitCode, document } = await place.json([...words, '--report', 'starts.html'])
  const report = document as StartReport
  expect(exitCode).toBe(0)
  expect(report.starts.map(({ image }) => image)).toEqual(['berth/hello', 'berth/hello:latest'])
  for (const start of report.starts) {
    expect(start).toMatchObject({
      provider: 'process',
      adapter: 'process',
      status: 'ready',
      emulated: false,
      probe: 'http:/',
    })
    const { total, phases } = start.timeline ?? { total: null, phases: [] }
    expect(phases.reduce((sum, { duration }) => sum + duration, 0)).toBe(total)
    expect(start.cost).toMatchObject({ currency: 'USD', amount: 0, running: false })
  }
  const written: unknown = JSON.parse(readFileSync(join(place.directory, 'starts.json'), 'utf8'))
  expect(written).toEqual(report)
  expect(readFileSync(join(place.directory, 'starts.html'), 'utf8')).toMatch(/^<!doctype html>/i)
  expect(await left()).toEqual([])
})

test('no clock runs before every provider is connected', async () => {
  await using clouds = await startEmulator({ services: ['aci', 'ecs'], backend: 'process', tls: false })
  const words = ['time', 'berth/hello', '--on', 'aci,ecs', '-p', '80', '--ready', 'http:/']
  const { exitCode, document } = await place.json(words, { env: clouds.environment })
  expect(exitCode).toBe(0)
  const earliest = Math.min(
    ...(document as StartReport).starts.map(({ timeline }) => Date.parse(timeline?.requestedAt ?? '')),
  )
  const before = clouds.requests().filter(({ at }) => at < earliest)
  expect([...new Set(before.map(({ service }) => service))]).toEqual(expect.arrayContaining(['aci', 'ecs']))
})

test('a start that fails stands beside the others, and the exit code tells', async () => {
  const words = ['time', '--on', 'process=berth/hello', '--on', 'process=nope', '-p', '80', '--sequential']
  const { exitCode, stdout, stderr } = await place.run(words)
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/total +.*exact/)
  expect(stdout).toContain('image-pull')
  expect(stderr).toContain('[process] failed: image-pull')
  expect(stdout).not.toContain('\u001b')
  expect(await left()).toEqual([])
})

test('SIGINT ends all of the starts and writes no report', async () => {
  const words = [
    'time',
    'berth/hello',
    '--on',
    'process,process',
    '-p',
    '80',
    '--ready',
    'http:/',
    '--report',
    'cut.html',
  ]
  const { child, outcome, seen } = place.call([...words, '--', '--boot-delay', '60000'])
  await seen(/started[\s\S]*started/)
  child.kill('SIGINT')
  expect((await outcome).exitCode).toBe(130)
  expect(() => readFileSync(join(place.directory, 'cut.html'))).toThrow(/ENOENT/)
  expect(await left()).toEqual([])
})

test('a report that cannot be written is refused before anything is started', async () => {
  const words = ['time', '--on', 'process=berth/hello', '--report', 'nowhere/report.html']
  const { exitCode, stderr } = await place.run(words)
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/nowhere/)
  expect(stderr).not.toContain('starting')
})
