import type { Emulator } from '@berth/emulator'

/** A group as the service itself shows it, asked without any of the code under test. */
export interface Group {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
}

/** What stands in the resource group, and how others put something there. */
export interface EmulatedGroups {
  list(): Promise<Group[]>
  /** A group of somebody's, with these tags. */
  create(name: string, tags: Readonly<Record<string, string>>): Promise<void>
}

const VERSION = 'api-version=2023-05-01'

export async function emulatedGroups(emulator: Emulator): Promise<EmulatedGroups> {
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '', AZURE_DEFAULTS_GROUP } = emulator.environment
  const origin = emulator.endpoints.arm ?? ''
  const query = new URLSearchParams({ resource: `${origin}/`, 'api-version': '2019-08-01' })
  const identity = await fetch(`${IDENTITY_ENDPOINT}?${query}`, {
    headers: { 'X-IDENTITY-HEADER': IDENTITY_HEADER },
  })
  const { access_token: token } = (await identity.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const [subscription] = emulator.azure.subscriptions
  const groups = `${origin}/subscriptions/${subscription}/resourceGroups/${AZURE_DEFAULTS_GROUP}/providers/Microsoft.ContainerInstance/containerGroups`
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(path, { headers, ...init })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return await response.json()
  }
  return {
    async list() {
      const found: Group[] = []
      for (let page: string | undefined = `${groups}?${VERSION}`; page !== undefined; ) {
        const { value, nextLink } = (await ask(page)) as {
          value: { name: string; tags?: Record<string, string> }[]
          nextLink?: string
        }
        found.push(...value.map(({ name, tags = {} }) => ({ name, tags })))
        page = nextLink
      }
      return found
    },
    async create(name, tags) {
      const resources = { requests: { cpu: 0.1, memoryInGB: 0.1 } }
      const containers = [{ name: 'main', properties: { image: 'berth/hello', resources } }]
      const body = { location: 'eastus', tags, properties: { containers, osType: 'Linux' } }
      await ask(`${groups}/${name}?${VERSION}`, { method: 'PUT', body: JSON.stringify(body) })
    },
  }
}
