import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ContainerRun, ContainerSpec } from '@berth/core'
import { afterAll, afterEach } from 'vitest'
import { type KubernetesCapabilities, type KubernetesOptions, kubernetes } from '../src/index.ts'
import { REMOVAL_LIMIT_IN_MS } from '../src/remove-pod.ts'

/** Whether there is a cluster to test with. */
export const hasCluster = process.env.LAB_KUBERNETES !== undefined
export const nginx = process.env.LAB_IMAGE_NGINX ?? ''
/** Has a shell. */
export const busybox = process.env.LAB_IMAGE_BUSYBOX ?? ''
export const registry = process.env.LAB_REGISTRY ?? ''

/** Runs until it is asked to end. */
export const forever = ['sh', '-c', "trap 'exit 0' TERM; sleep 600 & wait"]

const execute = promisify(execFile)

/** Asks the cluster itself, past the code under test. */
export async function kubectl(...words: string[]): Promise<string> {
  return (await execute('kubectl', words, { maxBuffer: 64 * 1024 * 1024 })).stdout
}

/** Whatever of Berth's bears a name, as `Pod web-1`. */
export async function left(name: string): Promise<readonly string[]> {
  const kinds = 'pods,secrets,services'
  const listed = await kubectl('get', kinds, '-l', 'berth-run', '-o', 'name')
  return listed.split('\n').filter((line) => line.includes(name))
}

/** A provider, and whatever it started removed after each test. */
export function useCluster(options: KubernetesOptions = {}) {
  const provider = kubernetes(options)
  const runs: ContainerRun<KubernetesCapabilities>[] = []
  // A node lets go of a Pod whose container never started only when it tidies up, once a minute: kubectl delete waits as long.
  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.remove()))
  }, REMOVAL_LIMIT_IN_MS + 20_000)
  afterAll(() => provider.close())
  return {
    provider,
    async run(
      spec: ContainerSpec<KubernetesCapabilities>,
      more?: Parameters<typeof provider.run>[1],
    ): Promise<ContainerRun<KubernetesCapabilities>> {
      const run = await provider.run(spec, more)
      runs.push(run)
      return run
    },
  }
}
