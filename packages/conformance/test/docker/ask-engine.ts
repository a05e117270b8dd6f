import { request } from 'node:http'
import { json, text } from 'node:stream/consumers'

/** What the judge needs of an engine's answer. */
interface EngineObject {
  readonly Id?: string
  readonly Name?: string
  readonly Names?: readonly string[]
  readonly Labels?: Readonly<Record<string, string>> | null
}

/** Asks the engine itself, over its socket and without any code of the adapter. */
export function askEngine(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
  const socketPath = process.env.DOCKER_HOST?.replace(/^unix:\/\//, '') ?? '/var/run/docker.sock'
  return new Promise((resolve, reject) => {
    const asking = request({
      socketPath,
      method,
      path,
      headers: { host: 'engine', 'content-type': 'application/json' },
    })
    asking.on('error', reject)
    asking.on('response', (response) => {
      const { statusCode = 0 } = response
      if (statusCode === 404) text(response).then(() => resolve(null), reject)
      else if (statusCode >= 400)
        text(response).then((answer) => reject(new Error(`${method} ${path}: ${answer}`)), reject)
      else if (statusCode === 204) resolve(null)
      else json(response).then(resolve, reject)
    })
    asking.end(body && JSON.stringify(body))
  })
}

/** Every container, volume and network of the engine, by its name and the run that it is labelled with. */
export async function listEngine(): Promise<string[]> {
  const [containers, volumes, networks] = (await Promise.all([
    askEngine('GET', '/containers/json?all=1'),
    askEngine('GET', '/volumes'),
    askEngine('GET', '/networks'),
  ])) as [EngineObject[], { readonly Volumes: EngineObject[] | null }, EngineObject[]]
  return [
    ...containers.map((each) => describe('container', each)),
    ...(volumes.Volumes ?? []).map((each) => describe('volume', each)),
    ...networks.map((each) => describe('network', each)),
  ]
}

function describe(kind: string, { Name, Names, Labels }: EngineObject): string {
  return `${kind} ${Name ?? Names?.join(' ')} ${JSON.stringify(Labels ?? {})}`
}
