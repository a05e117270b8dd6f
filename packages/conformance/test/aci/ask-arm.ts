/** Asks the Resource Manager itself, without any code of the adapter. Null where it answers 404. */
export async function askArm(
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${process.env.BERTH_ACI_ENDPOINT}${path}?api-version=2023-05-01`, {
    method,
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** The path of a container group. */
export function groupPath(name: string): string {
  const { AZURE_SUBSCRIPTION_ID: subscription, AZURE_DEFAULTS_GROUP: group } = process.env
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerInstance/containerGroups/${name}`
}

let asked: Promise<string> | undefined

function token(): Promise<string> {
  asked ??= askToken()
  return asked
}

async function askToken(): Promise<string> {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env
  const resource = encodeURIComponent('https://management.azure.com/')
  const response = await fetch(`${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${resource}`, {
    headers: { 'x-identity-header': IDENTITY_HEADER ?? '' },
  })
  const { access_token } = (await response.json()) as { readonly access_token: string }
  return access_token
}
