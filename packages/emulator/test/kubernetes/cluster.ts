import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/index.ts'

/** An answer of the API server. */
export interface Answer<T = Shown> {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: T
}

/** Any object, as far as tests look at it. */
export interface Shown {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly uid: string
    readonly resourceVersion: string
    readonly continue?: string
    readonly deletionTimestamp?: string
    readonly deletionGracePeriodSeconds?: number
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly items: readonly Shown[]
  readonly spec: Readonly<Record<string, unknown>>
  readonly status: Readonly<Record<string, unknown>>
  readonly reason?: string
  readonly message: string
  readonly code?: number
  readonly [field: string]: unknown
}

/** An emulated cluster, asked by nothing but HTTPS. */
export interface Cluster extends AsyncDisposable {
  readonly emulator: Emulator
  readonly server: string
  readonly token: string
  readonly certificateAuthority: string
  ask<T = Shown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
  /** An answer as it comes; `signal` ends it. */
  open(path: string, signal?: AbortSignal): Promise<IncomingMessage>
  /** Makes a Pod of one container, `main`. */
  run(name: string, container?: object, spec?: object): Promise<Shown>
  pod(name: string): Promise<Shown>
  /** Asks for a Pod until it is as wanted. */
  until(name: string, isWanted: (pod: Shown) => boolean): Promise<Shown>
  events(name: string): Promise<readonly Shown[]>
}

export const PODS = '/api/v1/namespaces/default/pods'

/** Looks again until it is as expected, for as long as a busy machine may take. */
export function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 15_000 })
}

/** Backend `none` unless told otherwise. */
export async function startCluster(options: EmulatorOptions = {}): Promise<Cluster> {
  const emulator = await startEmulator({
    services: ['kubernetes'],
    backend: 'none',
    tls: false,
    seed: 7,
    ...options,
  })
  const file = JSON.parse(await readFile(emulator.environment.KUBECONFIG ?? '', 'utf8'))
  const { server, 'certificate-authority-data': authority } = file.clusters[0].cluster
  const { token } = file.users[0].user
  const certificateAuthority = Buffer.from(authority, 'base64').toString()

  function send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request(new URL(path, server), {
        method,
        ca: certificateAuthority,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
        ...(signal && { signal }),
      })
        .on('response', resolve)
        .on('error', reject)
        .end(body)
    })
  }

  const cluster: Cluster = {
    emulator,
    server,
    token,
    certificateAuthority,
    async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const json = body === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await send(
        method,
        path,
        { ...json, ...headers },
        body === undefined ? undefined : JSON.stringify(body),
      )
      const told = await text(answer)
      const isJson = answer.headers['content-type']?.startsWith('application/json')
      return {
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        body: (isJson ? JSON.parse(told) : told) as T,
      }
    },
    open: (path, signal) => send('GET', path, {}, undefined, signal),
    async run(name, container = {}, spec = {}) {
      const { status, body } = await cluster.ask('POST', PODS, {
        kind: 'Pod',
        apiVersion: 'v1',
        metadata: { name, labels: { run: name } },
        spec: {
          containers: [{ name: 'main', image: 'nginx:1', ...container }],
          restartPolicy: 'Never',
          ...spec,
        },
      })
      if (status !== 201) throw new Error(body.message)
      return body
    },
    pod: async (name) => (await cluster.ask('GET', `${PODS}/${name}`)).body,
    async until(name, isWanted) {
      for (let tries = 0; tries < 500; tries += 1) {
        const pod = await cluster.pod(name)
        if (isWanted(pod)) return pod
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`it never came to that: ${JSON.stringify(await cluster.pod(name))}`)
    },
    events: async (name) =>
      (
        await cluster.ask(
          'GET',
          `/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=${name}`,
        )
      ).body.items,
    [Symbol.asyncDispose]: () => emulator.close(),
  }
  return cluster
}
