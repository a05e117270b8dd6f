import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBackend, removeLeftovers } from '../../src/backend/create-backend.ts'
import { unique } from './worlds.ts'

const nowhere = { host: 'unix:///no/such/engine.sock' }

describe('a backend', () => {
  it('is asked for by a name that can be a part of others', async () => {
    for (const name of ['', 'Upper', 'a b', '../a', '-a', 'a-', 'a'.repeat(31)]) {
      await expect(createBackend({ kind: 'none', name })).rejects.toThrow(TypeError)
      await expect(removeLeftovers({ kind: 'none', name })).rejects.toThrow(TypeError)
    }
  })

  it('is process where no engine answers', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'berth-test-'))
    const options = { kind: 'auto', name: unique('auto'), engine: nowhere, directory } as const
    const backend = await createBackend(options)
    expect(backend.kind).toBe('process')
    await backend.close()
    expect(await removeLeftovers(options)).toBe(0)
    await rm(directory, { recursive: true })
  })

  it('of docker needs an engine, and says where it looked', async () => {
    await expect(
      createBackend({ kind: 'docker', name: unique('none'), engine: nowhere }),
    ).rejects.toMatchObject({ name: 'EngineError', message: expect.stringContaining('/no/such/engine.sock') })
  })

  it.runIf(process.env.LAB_DOCKER)('is docker where an engine answers', async () => {
    const backend = await createBackend({ kind: 'auto', name: unique('auto') })
    expect(backend.kind).toBe('docker')
    await backend.close()
  })
})
