import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { GoogleAuth } from 'google-auth-library'
import type { Emulator } from '../../src/index.ts'

export interface ClusterAnswer {
  readonly status: number
  readonly emulator: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: whatever the cluster says
  readonly body: any
}

/** Asks a cluster's API server by nothing but HTTPS, what the Container API says of it, and one of Google's tokens. */
export interface ClusterClient {
  readonly origin: string
  readonly certificateAuthority: string
  readonly token: string
  ask(method: string, path: string, body?: object, token?: string | null): Promise<ClusterAnswer>
}

export async function clusterClient(emulator: Emulator, name: string): Promise<ClusterClient> {
  // As whoever uses it would: by nothing but the environment.
  const { GOOGLE_APPLICATION_CREDENTIALS = '' } = emulator.environment
  Object.assign(process.env, { GOOGLE_APPLICATION_CREDENTIALS })
  const signIn = new GoogleAuth({ scopes: 'https://www.googleapis.com/auth/cloud-platform' })
  const token = (await (await signIn.getClient()).getAccessToken()).token ?? ''
  const { google } = emulator
  const path = `projects/${google?.project}/locations/${google?.location}/clusters/${name}`
  const answer = await fetch(`${emulator.endpoints.google}/v1/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { endpoint, masterAuth } = (await answer.json()) as {
    endpoint: string
    masterAuth: { clusterCaCertificate: string }
  }
  const ca = Buffer.from(masterAuth.clusterCaCertificate, 'base64').toString()
  const origin = `https://${endpoint}`
  return {
    origin,
    certificateAuthority: ca,
    token,
    ask: (method, askedPath, body, shown = token) =>
      new Promise((resolve, reject) => {
        const sent = body && JSON.stringify(body)
        const headers = {
          ...(shown !== null && { authorization: `Bearer ${shown}` }),
          ...(sent && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
        }
        request(new URL(askedPath, origin), { method, ca, headers })
          .on('response', (response) => {
            const emulatorWords = response.headers['berth-emulator']?.toString()
            text(response).then(
              (told) =>
                resolve({
                  status: response.statusCode ?? 0,
                  emulator: emulatorWords,
                  body: JSON.parse(told),
                }),
              reject,
            )
          })
          .on('error', reject)
          .end(sent)
      }),
  }
}
