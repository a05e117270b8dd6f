import { closeSync, existsSync, openSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { Place } from './run-berth.ts'

const place = new Place()
afterAll(() => place.leave())

const wrong: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [[], /name a command/],
  [['rnu'], /unknown command 'rnu'[\s\S]*Did you mean run/],
  [['run'], /missing required argument 'image'/],
  [['run', 'berth/hello', '--detahc'], /unknown option '--detahc'[\s\S]*--detach/],
  [['run', 'berth/job', '--on', 'process', '-c', 'ls'], /unknown option '-c'[\s\S]*goes after a '--'/],
  [['run', 'berth/hello', '--on', 'prcess'], /no provider is called 'prcess'[\s\S]*process/],
  [['run', 'berth/hello', '--on', 'process', '-p', 'web'], /-p web is no port/],
  [['run', 'berth/hello', '--on', 'process', '-p', '70000'], /70000 is no port; ports are 1 to 65535/],
  [['run', 'berth/hello', '--on', 'process', '--cpu', 'two'], /--cpu two is no number of vCPUs/],
  [['run', 'berth/hello', '--on', 'process', '--memory', '512mb'], /'512mb' is no amount of memory.*'512M'/],
  [['run', 'berth/hello', '--on', 'process', '--ready', 'htp:/'], /--ready htp:\/: write http:\/path/],
  [['run', 'berth/hello', '--on', 'process', '--timeout', '90'], /'90' has no unit; write 90s/],
  [['run', 'berth/hello', '--on', 'process', '--lease', '5m'], /--lease .* add --detach/],
  [['run', 'berth/hello', '--on', 'process', '--env', '=x'], /the name before '=' is empty/],
  [['run', 'berth/hello', '--on', 'process', '--secret', 'NOT_SET_HERE'], /no variable of that name/],
  [
    ['run', 'berth/hello', '--on', 'process', '--env-from', 'nowhere.env'],
    /nowhere\.env cannot be read: there is no such file/,
  ],
  [['run', 'berth/hello', '--on', 'process', '--user', '1000'], /process does not support user/],
  [['run', 'berth/hello', '--on', 'process', '--restart', 'sometimes'], /restart/],
  [['time', '--on', 'process'], /--on process: which image\?/],
  [['logs', 'x', '--tail', 'many'], /--tail many is no number/],
  [['logs', 'x', '--since', '2026-99-99'], /is no date/],
  [['rm'], /name the runs to remove/],
  [['doctor', '--fix'], /name the provider, as in berth doctor ecs --fix/],
  [['sweep', '--setup'], /name the provider with --on/],
  [['exec', 'process/x', '-t', '--', 'ls'], /-t needs a terminal/],
]

test.each(wrong)('berth %j is wrong usage, and says how', async (words, says) => {
  const { exitCode, stdout, stderr } = await place.run(words)
  expect(stderr).toMatch(says)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
})

test('wrong usage as JSON is one document on stdout', async () => {
  for (const words of [
    ['ps', '--nope'],
    ['run', 'berth/hello', '--on', 'prcess'],
  ]) {
    const { exitCode, stderr, document } = await place.json(words)
    expect(document).toEqual({
      error: expect.objectContaining({ code: 'usage', message: expect.any(String) }),
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' })
  }
})

test('an unknown run is told from wrong usage', async () => {
  const { exitCode, document } = await place.json(['logs', 'process/nothing'])
  expect(document).toMatchObject({
    error: { code: 'not-found', message: expect.stringContaining('berth ps') },
  })
  expect(exitCode).toBe(1)
})

test('a stack is shown only when asked for', async () => {
  const words = ['run', 'nope', '--on', 'process']
  const { stderr } = await place.run(words)
  expect(stderr).toContain('no image "nope" in the process catalogue')
  expect(stderr).not.toMatch(/\n\s+at /)
  const debug = await place.run(words, { env: { BERTH_DEBUG: '1' } })
  expect(debug.stderr).toMatch(/\n\s+at /)
  expect(debug.exitCode).toBe(1)
})

test.runIf(existsSync('/dev/full'))('output that cannot be written is a failure in words', async () => {
  const full = openSync('/dev/full', 'w')
  const { exitCode, stderr } = await place.run(['providers', '--json'], { stdout: full })
  closeSync(full)
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'error: the output cannot be written: the disk is full\n',
  })
})
