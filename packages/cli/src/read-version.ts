import { readFileSync } from 'node:fs'

/** The version of this package, from the manifest that stands one folder above, built or not. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
