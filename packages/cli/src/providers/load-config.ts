import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../invocation/usage-error.ts'
import type { BerthConfig } from './berth-config.ts'

const NAMES = ['berth.config.ts', 'berth.config.mts', 'berth.config.js', 'berth.config.mjs'] as const

/** A configuration file that was read. */
export interface LoadedConfig {
  /** Its name, for messages. */
  readonly file: string
  readonly providers: BerthConfig
}

/** Reads `berth.config.ts` (or .mts, .js, .mjs) of a directory; undefined where there is none. Throws UsageError for one that cannot be used. */
export async function loadConfig(directory: string): Promise<LoadedConfig | undefined> {
  const present = NAMES.map((name) => join(directory, name)).filter((path) => existsSync(path))
  const [path] = present
  if (path === undefined) return undefined
  const file = basename(path)
  if (present.length > 1) {
    throw new UsageError(
      `${present.map((each) => basename(each)).join(' and ')} stand side by side; keep one`,
    )
  }
  const exported: unknown = await importFile(path)
  const { default: providers } = exported as { readonly default?: unknown }
  return { file, providers: assertConfig(providers, file) }
}

async function importFile(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    throw new UsageError(`${basename(path)} cannot be loaded: ${whyNot(error)}`, { cause: error })
  }
}

function whyNot(error: unknown): string {
  const { code, message = String(error) } = error as { readonly code?: string; readonly message?: string }
  switch (code) {
    case 'ERR_UNKNOWN_FILE_EXTENSION':
    case 'ERR_NO_TYPESCRIPT':
      return `this Node.js (${process.version}) does not run TypeScript; use 22.19 or newer without --no-strip-types, or name the file berth.config.mjs`
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return `${message}; Node.js only strips types, so write no enum, namespace or parameter property`
    case 'ERR_MODULE_NOT_FOUND':
      return `${message}; install it beside the configuration file (npm install)`
    default:
      return message
  }
}

function assertConfig(value: unknown, file: string): BerthConfig {
  const example = 'export default { local: docker() }'
  if (typeof value !== 'object' || value === null) {
    throw new UsageError(`${file} must export an object of named providers as its default: ${example}`)
  }
  for (const [name, provider] of Object.entries(value)) {
    if (!/^[\w.-]+$/.test(name)) {
      throw new UsageError(
        `${file}: the provider name '${name}' may hold only letters, digits, '.', '_' and '-'`,
      )
    }
    const { run, capabilities } = (provider ?? {}) as {
      readonly run?: unknown
      readonly capabilities?: unknown
    }
    if (typeof run !== 'function' || typeof capabilities !== 'object') {
      throw new UsageError(`${file}: '${name}' is no provider; write a call such as docker(): ${example}`)
    }
  }
  return value as BerthConfig
}
