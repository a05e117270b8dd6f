import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  identify,
  isAlive,
  readKernelStamp,
  readStartTime,
  signalProcess,
} from '../../src/runner/process-identity.ts'
import { readProcessRecords } from '../../src/runner/process-records.ts'
import { collect, ended, isRunning, temporaryRunner, textOf, until } from './temporary-runner.ts'

const onLinux = it.runIf(process.platform === 'linux')

describe('when the process that makes groups is killed', () => {
  onLinux('everything it started is found and can be removed', { timeout: 120_000 }, async () => {
    const creator = fileURLToPath(new URL('./creator.ts', import.meta.url))
    for (let round = 0; round < 12; round++) {
      await using runner = await temporaryRunner()
      const child = spawn(process.execPath, [creator, runner.directory], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      // The first groups come after its own start; then any moment of a creation is as likely as another.
      await once(child.stdout, 'data')
      await delay(Math.random() * 200)
      child.kill('SIGKILL')
      await once(child, 'exit')

      const before = await runner.list()
      expect(before.length).toBeGreaterThan(0)
      for (const group of before) expect(group.labels).toEqual({ owner: 'creator' })
      if (round % 2 === 0) await delay(100)
      for (const group of await runner.list()) await runner.remove(group.name)
      expect(await runner.list()).toEqual([])
      // A supervisor that was just being started sees that its group is gone.
      await until(() => processesThatMention(runner.directory).length === 0)
    }
  })

  it('its groups live on, and are stopped by another', async () => {
    await using runner = await temporaryRunner()
    const creator = fileURLToPath(new URL('./creator.ts', import.meta.url))
    const child = spawn(process.execPath, [creator, runner.directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await runner.get('group-0')).toMatchObject({
      phase: 'running',
      containers: [{ state: 'running' }],
    })
    expect(await runner.stop('group-0')).toMatchObject({
      phase: 'ended',
      containers: [{ termination: { signal: 'SIGTERM' } }],
    })
  })

  it('no environment is on disk', async () => {
    await using runner = await temporaryRunner()
    const env = { PASSWORD: 'hunter2-secret' }
    await runner.shell('', {
      containers: [{ name: 'main', image: 'berth/shell', command: ['sh', '-c', 'sleep 60'], env }],
    })
    await runner.restart('group')
    const execution = await runner.execute('group', {
      container: 'main',
      command: ['sh', '-c', 'echo $PASSWORD'],
    })
    expect(textOf(await collect(execution.stdout))).toBe('hunter2-secret\n')
    const texts = await allFiles(runner.directory)
    expect(texts.length).toBeGreaterThan(3)
    for (const text of texts) expect(text).not.toContain('hunter2')
  })
})

describe('when a supervisor is killed', () => {
  it('its containers are told as lost, stopped and removed', async () => {
    await using runner = await temporaryRunner()
    const group = await runner.shell('trap "" HUP PIPE; sleep 300')
    const supervisor = await supervisorOf(runner.directory, 'group')
    process.kill(supervisor, 'SIGKILL')
    await until(() => !isRunning(supervisor))
    const pid = group.containers[0]?.pid ?? 0
    expect(await runner.get('group')).toMatchObject({
      phase: 'lost',
      containers: [{ state: 'running', pid }],
    })
    const stopped = await runner.stop('group', { graceInMs: 50 })
    expect(stopped).toMatchObject({
      phase: 'lost',
      containers: [{ state: 'terminated', termination: { exitCode: null, reason: 'supervisor-lost' } }],
    })
    expect(isRunning(pid)).toBe(false)
    await runner.remove('group')
    expect(await runner.list()).toEqual([])
  })

  onLinux('at any moment of a start, removal leaves nothing', { timeout: 120_000 }, async () => {
    await using runner = await temporaryRunner()
    for (let round = 0; round < 15; round++) {
      const creating = runner
        .shell('sleep 300 & setsid sleep 300 & wait', { restartPolicy: 'always' })
        .catch((error) => error)
      await delay(Math.random() * 150)
      for (const pid of processesThatMention(`${runner.directory}/groups/group\0`))
        signalProcess(Number(pid), 'SIGKILL')
      expect(await creating).toSatisfy((outcome) => 'uid' in outcome || outcome.code === 'start-failed')
      await runner.remove('group')
      await until(() => processesThatMention(runner.directory).length === 0)
    }
  })

  it('programs of the catalogue end with it', async () => {
    await using runner = await temporaryRunner()
    const containers = [
      { name: 'server', image: 'berth/hello' },
      { name: 'job', image: 'berth/job', args: ['ready', '--sleep', '300000'] },
    ]
    const group = await runner.create({ name: 'group', containers })
    await until(async () => {
      const text = textOf(await collect(runner.logs('group')))
      return text.includes('ready') && text.includes('listening')
    })
    process.kill(await supervisorOf(runner.directory, 'group'), 'SIGKILL')
    for (const { pid } of group.containers) await until(() => !isRunning(pid ?? 0))
    expect((await runner.get('group'))?.phase).toBe('lost')
  })
})

describe('when a supervisor lives on after its group has ended', () => {
  it('nobody waits for it, and the removal ends it', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('echo hello; exit 3')
    await ended(runner)
    // Stands in for a supervisor that hangs as it exits.
    const hanging = spawn('sleep', ['300'], { detached: true })
    await once(hanging, 'spawn')
    const identity = identify(hanging.pid ?? 0, Date.now() * 1000)
    writeFileSync(join(runner.directory, 'groups', 'group', 'supervisor.json'), JSON.stringify(identity))
    expect(textOf(await collect(runner.logs('group', { follow: true })))).toBe('hello\n')
    expect((await runner.stop('group')).containers[0]?.termination?.exitCode).toBe(3)
    expect(await collect(runner.follow('group'))).toMatchObject([{ phase: 'ended' }])
    expect(isRunning(identity.pid)).toBe(true)
    await runner.remove('group')
    expect(isRunning(identity.pid)).toBe(false)
  })
})

describe('when the directory is deleted', () => {
  it('nothing goes on running', async () => {
    await using runner = await temporaryRunner()
    const group = await runner.shell('sleep 300')
    await rm(runner.directory, { recursive: true })
    await until(() => !isRunning(group.containers[0]?.pid ?? 0))
  })
})

describe('a process number that was given to another', () => {
  onLinux('is not taken for the one that was noted', async () => {
    await using runner = await temporaryRunner()
    const group = await runner.shell('sleep 300')
    process.kill(await supervisorOf(runner.directory, 'group'), 'SIGKILL')
    // The kernel counts starts in hundredths of a second: two within one cannot be told apart.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const bystander = spawn('sleep', ['300'], { detached: true })
    await once(bystander, 'spawn')
    const pid = bystander.pid ?? 0
    const directory = join(runner.directory, 'groups', 'group')
    const [noted] = await readProcessRecords(directory)
    expect(noted?.pid).toBe(group.containers[0]?.pid)
    writeFileSync(join(directory, 'processes', String(pid)), JSON.stringify({ ...noted, pid }))
    writeFileSync(join(directory, 'supervisor.json'), JSON.stringify({ ...noted, pid }))
    await runner.remove('group')
    expect(isRunning(pid)).toBe(true)
    expect(isRunning(noted?.pid ?? 0)).toBe(false)
    bystander.kill('SIGKILL')
  })

  it('has another start time', async () => {
    const child = spawn('sleep', ['300'])
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    const identity = identify(pid, Date.now() * 1000)
    expect(await isAlive(identity)).toBe(true)
    expect(Math.abs(((await readStartTime(pid)) ?? 0) - identity.startedAtInUs)).toBeLessThan(3_000_000)
    if (process.platform === 'linux') expect(readKernelStamp(pid)).toBe(identity.kernelStamp)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await isAlive(identity)).toBe(false)
    expect(await readStartTime(pid)).toBeNull()
  })
})

describe('two that remove the same group', () => {
  it('both succeed', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 300')
    const removed = await Promise.all([
      runner.remove('group'),
      runner.remove('group'),
      runner.remove('group'),
    ])
    expect(removed.filter((was) => was)).toHaveLength(1)
    await runner.shell('exit 0')
    await ended(runner)
  })

  it('leave a later group of the same name alone', async () => {
    await using runner = await temporaryRunner()
    const first = await runner.shell('exit 0')
    await runner.remove('group')
    await runner.shell('sleep 300')
    expect(await runner.remove('group', { uid: first.uid })).toBe(false)
    expect((await runner.get('group'))?.phase).toBe('running')
  })
})

async function supervisorOf(directory: string, group: string): Promise<number> {
  return JSON.parse(await readFile(join(directory, 'groups', group, 'supervisor.json'), 'utf8')).pid
}

/** The processes whose command line or environment names a path: seen without any of the code under test. */
function processesThatMention(path: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      if (!/^[0-9]+$/.test(name) || Number(name) === process.pid) return false
      return ['cmdline', 'environ'].some((file) =>
        readFileSync(`/proc/${name}/${file}`, 'latin1').includes(path),
      )
    } catch {
      return false
    }
  })
}

async function allFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')))
}
