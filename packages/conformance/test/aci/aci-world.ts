import { type Emulator, type EmulatorOptions, startEmulator } from '@berth/emulator'
import type { ConformanceWorld, ForeignObject } from '../../src/index.ts'
import { workloadsOf } from '../emulated/backend-workloads.ts'
import { askArm, groupPath } from './ask-arm.ts'

/** An emulated account of its own. */
export interface AciWorld {
  readonly world: ConformanceWorld
  readonly emulator: Emulator
  dispose(): Promise<void>
}

const MANY = 1_000_000

/** Starts an emulator and points this process, and those that it starts, at it. */
export async function aciWorld(
  backend: 'docker' | 'process',
  options: EmulatorOptions = {},
): Promise<AciWorld> {
  const emulator = await startEmulator({
    backend,
    name: `conformance-aci-${backend}`,
    tls: false,
    // What the service lets pass by the minute, as back-offs, goes by in seconds.
    timeScale: 10,
    limits: {
      aci: {
        createsAnHour: MANY,
        createsIn5Minutes: MANY,
        deletesAnHour: MANY,
        deletesIn5Minutes: MANY,
        groupsARegion: 500,
        coresARegion: 1_000,
      },
    },
    ...options,
  })
  Object.assign(process.env, emulator.environment)
  const { workloads, truth } = workloadsOf(backend)
  return {
    emulator,
    world: {
      workloads,
      exclusive: true,
      inspect: inspectGroups(emulator),
      createForeign: () => createForeign(workloads.sleep().image),
      otherProcess: {
        module: new URL('./aci-provider.ts', import.meta.url).href,
        execArgv: ['--conditions=@berth/source', '--disable-warning=ExperimentalWarning'],
      },
      // Where the address is told late the container has answered long before: then nothing bounds its readiness from below.
      ...(options.dialects?.aci?.address === 'accepted' && { truth }),
      concurrency: 30,
    },
    dispose: () => emulator.close(),
  }
}

/** Every group that was ever ordered and is still there. A list could be old; each is asked for by itself until it is gone. */
function inspectGroups(emulator: Emulator): () => Promise<string[]> {
  const there = new Set<string>()
  let looked = 0
  return async () => {
    const requests = emulator.requests().filter(({ at }) => at >= looked)
    for (const { method, path, at } of requests) {
      looked = Math.max(looked, at)
      const name = /\/containerGroups\/([^/?]+)(?:\?|$)/i.exec(path)?.[1]
      if (method === 'PUT' && name !== undefined) there.add(name)
    }
    const groups = await Promise.all(
      [...there].map(async (name) => {
        const group = (await askArm('GET', groupPath(name))) as { readonly tags?: object } | null
        if (group === null) there.delete(name)
        return group === null ? [] : [`container group ${name} ${JSON.stringify(group.tags)}`]
      }),
    )
    return groups.flat()
  }
}

/** A group that looks a little like ours, and is not. */
async function createForeign(image: string): Promise<ForeignObject> {
  const name = `foreign-berth-${globalThis.crypto.randomUUID()}`
  const path = groupPath(name)
  await askArm('PUT', path, {
    location: 'eastus',
    tags: { 'berth-expires': '1', 'com.example.berth-run': 'x' },
    properties: {
      osType: 'Linux',
      containers: [
        {
          name: 'main',
          properties: {
            image,
            command: ['sh', '-c', 'sleep 600'],
            resources: { requests: { cpu: 0.1, memoryInGB: 0.1 } },
          },
        },
      ],
    },
  })
  return {
    exists: async () => (await askArm('GET', path)) !== null,
    remove: async () => {
      await askArm('DELETE', path)
      while ((await askArm('GET', path)) !== null) await new Promise((resolve) => setTimeout(resolve, 100))
    },
  }
}
