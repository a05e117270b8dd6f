import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { Place } from './run-berth.ts'

const place = new Place()
const hello = ['run', 'berth/hello', '--on', 'process', '-p', '80', '--ready', 'http:/']
const runs = async () =>
  ((await place.json(['ps', '--on', 'process'])).document as { runs: { id: string }[] }).runs
afterEach(async () => void (await place.run(['rm', '--all', '--force', '--on', 'process'])))
afterAll(() => place.leave())

test('a job prints on its own streams, and its end is ours', async () => {
  const { exitCode, stdout, stderr } = await place.run([
    'run',
    'berth/job',
    '--on',
    'process',
    '--',
    '--lines',
    '2',
  ])
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'stdout 1\nstdout 2\n' })
  expect(stderr).toContain('stderr 1\nstderr 2\n')
  expect(await runs()).toEqual([])
})

test('a job that ends with another code has failed', async () => {
  const words = ['run', 'berth/job', '--on', 'process', '--', '--code', '3']
  const { exitCode, stderr } = await place.run(words)
  expect(exitCode).toBe(1)
  expect(stderr).toContain('exited with code 3')
  const expected = await place.run([
    'run',
    'berth/job',
    '--on',
    'process',
    '--ready',
    'exited:3',
    '--',
    '--code',
    '3',
  ])
  expect(expected.exitCode).toBe(0)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a server that is ready, and nothing is left', async (signal, code) => {
  const { child, outcome, seen } = place.call(hello)
  await seen(/ready at http:\/\/127\.0\.0\.1:\d+/)
  expect(await runs()).toHaveLength(1)
  child.kill(signal)
  expect((await outcome).exitCode).toBe(code)
  expect(await runs()).toEqual([])
})

test('SIGINT while it starts ends the start, and nothing is left', async () => {
  const { child, outcome, seen } = place.call([...hello, '--', '--boot-delay', '60000'])
  await seen(/started/)
  child.kill('SIGINT')
  const { exitCode, stderr } = await outcome
  expect(exitCode).toBe(130)
  expect(stderr).toContain('cleaning up')
  expect(await runs()).toEqual([])
})

test('a second SIGINT leaves at once and says what removes the rest', async () => {
  const { child, outcome, seen } = place.call([...hello, '--', '--ignore-sigterm'])
  await seen(/ready at/)
  const [run] = await runs()
  child.kill('SIGINT')
  await seen(/cleaning up/)
  child.kill('SIGINT')
  const { exitCode, stderr } = await outcome
  expect(exitCode).toBe(130)
  expect(stderr).toContain(`berth rm ${run?.id}`)
})

test('a detached run prints its id, lives on, and can be worked with by a part of its name', async () => {
  const { exitCode, stdout, stderr } = await place.run([...hello, '--detach', '--name', 'web'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^process\/web-\w+\n$/)
  expect(stderr).toMatch(/ready at http/)
  const table = await place.run(['ps', '--on', 'process'])
  expect(table.stdout).toMatch(
    /ID +NAME +IMAGE +STATE +AGE +EXPIRES +ADDRESS\nprocess\/web-\w+ .*berth\/hello +running .* never +http:\/\/127/,
  )

  const command = ['sh', '-c', 'cat; echo err >&2; exit 7']
  const exec = await place.run(['exec', 'process/web', '-i', '--', ...command], { input: 'in' })
  expect(exec).toEqual({ exitCode: 7, stdout: 'in', stderr: 'err\n' })
  const execJson = await place.json(['exec', 'process/web', 'pwd'])
  expect(execJson.document).toEqual({ exitCode: 0, signal: null, stdout: expect.any(String), stderr: '' })

  const logs = await place.run(['logs', 'process/web', '--tail', '1'])
  expect(logs.stdout.trim().split('\n')).toHaveLength(1)
  expect((await place.json(['stop', 'process/web'])).document).toEqual({
    stopped: [stdout.trim()],
    failed: [],
  })
  expect((await place.json(['rm', 'process/web'])).document).toEqual({ removed: [stdout.trim()], failed: [] })
  expect((await place.run(['rm', 'process/web'])).exitCode).toBe(1)
  expect((await place.run(['rm', '-f', 'process/web'])).exitCode).toBe(0)
})

test('a part of a name that several runs have is refused with the candidates', async () => {
  const ids = await Promise.all(
    [1, 2].map(async () => (await place.run([...hello, '--detach', '--name', 'twin'])).stdout.trim()),
  )
  const { exitCode, document } = await place.json(['stop', 'process/twin'])
  expect(exitCode).toBe(2)
  const { candidates } = (document as { error: { candidates: string[] } }).error
  expect(candidates.map((line) => line.split(' ')[0]).sort()).toEqual(ids.sort())
  const all = await place.run(['rm', '--all', '--on', 'process'])
  expect(all.exitCode).toBe(2)
  expect(all.stderr).toContain('add --force')
  expect(await runs()).toHaveLength(2)
})

test('a start that fails shows its evidence, exits with 1 and leaves nothing', async () => {
  const words = [...hello, '--detach', '--', '--exit-after', '0', '--exit-code', '4', '--boot-delay', '9000']
  const { exitCode, stderr } = await place.run(words)
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/error: .*exited with (code )?4/)
  expect(await runs()).toEqual([])
})

test('a secret is shown nowhere', async () => {
  const value = 'hunter2-and-more'
  writeFileSync(join(place.directory, 'password'), `${value}\n`)
  for (const secret of [`PASSWORD=${value}`, 'PASSWORD=@password', 'PASSWORD']) {
    const words = [
      ...hello,
      '--secret',
      secret,
      '--detach',
      '--timeout',
      '20s',
      '--',
      '--body-env',
      'PASSWORD',
    ]
    const { exitCode, stdout, stderr } = await place.run(words, { env: { PASSWORD: value } })
    expect(exitCode).toBe(0)
    expect(stdout + stderr).not.toContain(value)
    const url = /ready at (\S+)/.exec(stderr)?.[1] ?? ''
    expect((await (await fetch(url)).text()).trim()).toBe(value)
  }
  const words = [
    'run',
    'berth/job',
    '--on',
    'process',
    '--secret',
    `PASSWORD=${value}`,
    '--',
    '--stdout',
    `it is ${value}`,
  ]
  const printed = await place.run(words)
  expect(printed.stdout).toBe('it is [secret]\n')
})

test('with --json a run that stays is told in lines', async () => {
  const { exitCode, stdout, stderr } = await place.run([
    'run',
    'berth/job',
    'hi',
    '--on',
    'process',
    '--json',
  ])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['mark', 'ready', 'log', 'exited']))
  expect(lines.find(({ type }) => type === 'log')).toMatchObject({
    container: 'main',
    stream: 'stdout',
    text: 'hi',
  })
  expect(lines.at(-1)).toMatchObject({ type: 'exited', exitCode: 0 })
})

test('a reader that leaves is no failure and nothing is left', async () => {
  const { child, outcome, seen } = place.call([
    'run',
    'berth/shell',
    '--on',
    'process',
    '--',
    '-c',
    'while :; do echo y; done',
  ])
  await seen(/y\ny/)
  child.stdout?.destroy()
  const { exitCode, stderr } = await outcome
  expect(exitCode).toBe(0)
  expect(stderr).not.toMatch(/EPIPE|error/)
  expect(await runs()).toEqual([])
})

test('the environment comes from files, then options, each over the one before', async () => {
  writeFileSync(
    join(place.directory, 'app.env'),
    "A=file\nB='of the file'\nNODE_OPTIONS=--max-old-space-size=64\n",
  )
  const print = ['--', '-c', 'echo "$A $B $C"']
  const words = [
    'run',
    'berth/shell',
    '--on',
    'process',
    '--env-from',
    'app.env',
    '-e',
    'A=option',
    '-e',
    'C',
    ...print,
  ]
  const { stdout, exitCode } = await place.run(words, { env: { C: 'ours' } })
  expect({ stdout, exitCode }).toEqual({ stdout: 'option of the file ours\n', exitCode: 0 })
})
