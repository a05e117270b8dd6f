import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'

/** Asks a cluster itself, by nothing but HTTPS and without any code of the adapter. Null: not found. */
export type AskApiServer = (method: string, path: string, body?: object) => Promise<unknown>

/** Where a cluster's API server is, and who asks. */
export interface ApiServer {
  readonly server: string
  readonly certificateAuthority: string
  /** Asked for anew for each request: tokens end. */
  token(): Promise<string>
}

interface Listed {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string
      readonly labels?: Readonly<Record<string, string>>
      readonly annotations?: Readonly<Record<string, string>>
    }
  }[]
}

/** The administrator of an emulated cluster, whose kubeconfig is JSON. */
export async function readEmulated(kubeconfig: string): Promise<ApiServer> {
  const { clusters, users } = JSON.parse(await readFile(kubeconfig, 'utf8'))
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster
  return {
    server,
    certificateAuthority: Buffer.from(authority, 'base64').toString(),
    token: async () => users[0].user.token,
  }
}

export function askApiServer({ server, certificateAuthority, token }: ApiServer): AskApiServer {
  const agent = new Agent({ ca: certificateAuthority, keepAlive: true })
  return async (method, path, body) => {
    const sent = body && JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${await token()}`,
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
export async function listRuns(ask: AskApiServer): Promise<string[]> {
  const lists = await Promise.all(
    ['pods', 'secrets', 'services'].map(async (resource) => {
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
