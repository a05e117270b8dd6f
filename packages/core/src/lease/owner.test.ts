import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isOwnerGone, newOwnerTag } from './owner.ts'

test('each run of a process has its own owner tag, which fits a label', () => {
  const [one, other] = [newOwnerTag(), newOwnerTag()]
  expect(one).not.toBe(other)
  expect(one).toMatch(/^[a-z0-9]([a-z0-9.]{0,61}[a-z0-9])?$/)
  expect(isOwnerGone(one)).toBe(false)
})

test.skipIf(process.platform !== 'linux')(
  'a process of this machine that ended is known to be gone',
  async () => {
    const child = spawn('sleep', ['60'])
    const [machine, boot, namespace, , , run] = newOwnerTag().split('.')
    const start = (await import('node:fs'))
      .readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      .split(') ')
      .at(-1)
      ?.split(' ')[19]
    const tag = [machine, boot, namespace, child.pid, start, run].join('.')
    expect(isOwnerGone(tag)).toBe(false)
    expect(isOwnerGone([machine, boot, namespace, child.pid, '1', run].join('.'))).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isOwnerGone(tag)).toBe(true)
  },
)

test('of another machine, boot or namespace nothing is known', () => {
  const [machine, boot, namespace, , start, run] = newOwnerTag().split('.')
  const gone = 4_000_000
  expect(isOwnerGone(['ffffffff', boot, namespace, gone, start, run].join('.'))).toBe(false)
  expect(isOwnerGone([machine, 'ffffffff', namespace, gone, start, run].join('.'))).toBe(false)
  expect(isOwnerGone([machine, boot, 'ffffffff', gone, start, run].join('.'))).toBe(false)
  expect(isOwnerGone('written by somebody else')).toBe(false)
})
