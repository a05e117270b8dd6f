import { AZ_CLOUD_NAMES, type AzureCloudName } from './azure-cloud.ts'

/** What the `az` command has been told to use, as far as its files say. */
export interface AzConfiguration {
  readonly subscription: string | undefined
  readonly resourceGroup: string | undefined
  readonly location: string | undefined
  readonly cloud: AzureCloudName | undefined
}

/**
 * Reads the `az` command's own files: the subscription of `az account set`, and the group and location of `az config set defaults.…`. What is
 * not there or cannot be read is left out: `az` need not be installed.
 */
export async function readAzConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<AzConfiguration> {
  const [{ readFile }, { join }, { homedir }] = await Promise.all([
    import('node:fs/promises'),
    import('node:path'),
    import('node:os'),
  ])
  const folder = environment.AZURE_CONFIG_DIR ?? join(homedir(), '.azure')
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
  const [profile, config] = await Promise.all([read('azureProfile.json'), read('config')])
  const settings = parseIni(config)
  return {
    subscription: defaultSubscription(profile),
    resourceGroup: settings.get('defaults.group'),
    location: settings.get('defaults.location'),
    cloud: AZ_CLOUD_NAMES[settings.get('cloud.name') ?? ''],
  }
}

function defaultSubscription(text: string): string | undefined {
  try {
    // The command writes a byte order mark before it.
    const { subscriptions = [] } = JSON.parse(text.replace(/^\ufeff/, '')) as {
      readonly subscriptions?: readonly { readonly id?: string; readonly isDefault?: boolean }[]
    }
    return subscriptions.find(({ isDefault }) => isDefault === true)?.id
  } catch {
    return undefined
  }
}

/** `section.key` to value. */
function parseIni(text: string): Map<string, string> {
  const settings = new Map<string, string>()
  let section = ''
  for (const line of text.split('\n')) {
    const header = /^\s*\[([^\]]+)\]/.exec(line)
    const setting = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line)
    if (header?.[1] !== undefined) section = header[1].trim()
    else if (setting?.[1] !== undefined && setting[2]) settings.set(`${section}.${setting[1]}`, setting[2])
  }
  return settings
}
