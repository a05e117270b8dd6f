import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'

interface Listed {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string
      readonly labels?: Readonly<Record<string, string>>
      readonly annotations?: Readonly<Record<string, string>>
    }
  }[]
}

/** Asks an emulated cluster itself, by nothing but HTTPS and what its kubeconfig says. Null: not found. */
export type AskCluster = (method: string, path: string, body?: object) => Promise<unknown>

/** `file` is the emulator's kubeconfig, which is JSON. */
export async function askEmulatedCluster(file: string): Promise<AskCluster> {
  const { clusters, users } = JSON.parse(await readFile(file, 'utf8'))
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster
  const agent = new Agent({ ca: Buffer.from(authority, 'base64').toString() })
  const authorization = `Bearer ${users[0].user.token}`
  return async (method, path, body) => {
    const sent = body && JSON.stringify(body)
    const headers = {
      authorization,
      ...(sent && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
    }
    const { status, told } = await new Promise<{ status: number; told: string }>((resolve, reject) => {
      request(new URL(path, server), { method, agent, headers })
        .on('response', (response) => {
          text(response).then((all) => resolve({ status: response.statusCode ?? 0, told: all }), reject)
        })
        .on('error', reject)
        .end(sent)
    })
    if (status === 404) return null
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${told}`)
    return JSON.parse(told)
  }
}

/** Every Pod, Secret and Service of the namespace that bears a run's label, or its name. */
export async function listEmulatedCluster(ask: AskCluster): Promise<string[]> {
  const lists = await Promise.all(
    (['pods', 'secrets', 'services'] as const).map(async (resource) => {
      const path = `/api/v1/namespaces/default/${resource}?labelSelector=berth-run`
      const { items } = (await ask('GET', path)) as Listed
      return items.map(
        ({ metadata: { name, labels, annotations } }) =>
          `${resource} ${name} ${JSON.stringify({ ...labels, ...annotations })}`,
      )
    }),
  )
  return lists.flat()
}
