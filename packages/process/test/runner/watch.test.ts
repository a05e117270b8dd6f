import { describe, expect, it } from 'vitest'
import { type GroupChange, processRunner } from '../../src/runner/index.ts'
import { temporaryRunner } from './temporary-runner.ts'

describe('watch', () => {
  it('begins with a full list and tells each change until the removal', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60', { name: 'before' })
    const abort = new AbortController()
    const changes: GroupChange[] = []
    const watching = (async () => {
      for await (const change of processRunner({ directory: runner.directory }).watch({
        signal: abort.signal,
      })) {
        changes.push(change)
        if (changes.length === 1) await runner.shell('exit 3', { name: 'after' })
        if (change.type !== 'changed') {
          if (change.type === 'removed') abort.abort(new Error('done'))
        } else if (change.group.phase === 'ended' && change.group.labels.seen === undefined) {
          await runner.label('after', { seen: 'yes' })
        } else if (change.group.labels.seen === 'yes') await runner.remove('after')
      }
    })()
    await expect(watching).rejects.toThrow('done')
    expect(changes[0]).toMatchObject({ type: 'resync', groups: [{ name: 'before', phase: 'running' }] })
    expect(changes.at(-1)).toMatchObject({ type: 'removed', name: 'after' })
    const groups = changes.filter((change) => change.type === 'changed').map((change) => change.group)
    expect(groups.every((group) => group.name === 'after')).toBe(true)
    expect(groups.at(-1)?.containers[0]?.termination?.exitCode).toBe(3)
    const revisions = groups.map((group) => group.revision)
    expect(revisions).toEqual([...revisions].sort((one, other) => one - other))
  })

  it('follows fifty groups at once', { timeout: 180_000 }, async () => {
    await using runner = await temporaryRunner()
    const names = Array.from({ length: 50 }, (_, index) => `group-${index}`)
    const begun = Promise.withResolvers<void>()
    const watching = (async () => {
      const [ended, removed] = [new Set<string>(), new Set<string>()]
      for await (const change of runner.watch()) {
        if (change.type === 'resync') begun.resolve()
        if (change.type === 'changed' && change.group.phase === 'ended') ended.add(change.group.name)
        if (change.type === 'removed') removed.add(change.name)
        if (removed.size === names.length) return ended
      }
      return null
    })()
    // What is there when the list is read is told in it, and no more as a change.
    await begun.promise
    const groups = await Promise.all(
      names.map((name, index) =>
        runner.create({
          name,
          containers: [
            {
              name: 'main',
              image: 'berth/shell',
              command: ['sh', '-c', `echo ${name}; exit ${index}`],
              ports: [{ containerPort: 80 }],
            },
          ],
        }),
      ),
    )
    expect(new Set(groups.map((group) => group.ports[0]?.hostPort)).size).toBe(50)
    for (const [index, name] of names.entries()) {
      for await (const record of runner.logs(name, { follow: true })) {
        expect(Buffer.from(record.bytes).toString()).toBe(`${name}\n`)
      }
      const group = await runner.get(name)
      expect(group?.containers[0]?.termination?.exitCode).toBe(index)
    }
    await Promise.all(names.map((name) => runner.remove(name)))
    expect(await watching).toEqual(new Set(names))
    expect(await runner.list()).toEqual([])
  })
})
