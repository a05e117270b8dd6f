import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { GoogleAuth } from 'google-auth-library'

/** Asks a cluster of GKE itself, by nothing but HTTPS, Google's own sign-in, and what the Container API says of it. Null: not found. */
export type AskGke = (method: string, path: string, body?: object) => Promise<unknown>

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

interface Listed {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string
      readonly labels?: Readonly<Record<string, string>>
      readonly annotations?: Readonly<Record<string, string>>
    }
  }[]
}

/** The cluster that the environment names. */
export function askGke(): AskGke {
  const signIn = new GoogleAuth({ scopes: SCOPE })
  const found = findCluster(signIn)
  return async (method, path, body) => {
    const { server, agent } = await found
    const sent = body && JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${await signIn.getAccessToken()}`,
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

/** Every Pod, Secret and Service of the namespace that bears a run's label. */
export async function listGke(ask: AskGke): Promise<string[]> {
  const lists = await Promise.all(
    ['pods', 'secrets', 'services'].map(async (resource) => {
      const { items } = (await ask(
        'GET',
        `/api/v1/namespaces/default/${resource}?labelSelector=berth-run`,
      )) as Listed
      return items.map(
        ({ metadata: { name, labels, annotations } }) =>
          `${resource} ${name} ${JSON.stringify({ ...labels, ...annotations })}`,
      )
    }),
  )
  return lists.flat()
}

async function findCluster(signIn: GoogleAuth): Promise<{ readonly server: string; readonly agent: Agent }> {
  const { GOOGLE_CLOUD_PROJECT, CLOUDSDK_COMPUTE_REGION, CLOUDSDK_CONTAINER_CLUSTER } = process.env
  const { CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: api } = process.env
  const path = `v1/projects/${GOOGLE_CLOUD_PROJECT}/locations/${CLOUDSDK_COMPUTE_REGION}/clusters/${CLOUDSDK_CONTAINER_CLUSTER}`
  const headers = { authorization: `Bearer ${await signIn.getAccessToken()}` }
  const { endpoint, masterAuth } = (await (await fetch(new URL(path, api), { headers })).json()) as {
    readonly endpoint: string
    readonly masterAuth: { readonly clusterCaCertificate: string }
  }
  const ca = Buffer.from(masterAuth.clusterCaCertificate, 'base64').toString()
  return { server: `https://${endpoint}`, agent: new Agent({ ca, keepAlive: true }) }
}
