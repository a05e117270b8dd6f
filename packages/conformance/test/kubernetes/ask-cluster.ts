import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

interface Listed {
  readonly items: readonly {
    readonly kind: string
    readonly metadata: {
      readonly name: string
      readonly labels?: Readonly<Record<string, string>>
      readonly annotations?: Readonly<Record<string, string>>
    }
  }[]
}

/** Asks the cluster itself, by kubectl and without any code of the adapter. */
export async function kubectl(...words: string[]): Promise<string> {
  const { stdout } = await execute('kubectl', words, { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** Every Pod, Secret and Service of the namespace that bears a run's label, or its name. */
export async function listCluster(): Promise<string[]> {
  const { items } = JSON.parse(
    await kubectl('get', 'pods,secrets,services', '-l', 'berth-run', '-o', 'json'),
  ) as Listed
  return items.map(
    ({ kind, metadata: { name, labels, annotations } }) =>
      `${kind} ${name} ${JSON.stringify({ ...labels, ...annotations })}`,
  )
}
