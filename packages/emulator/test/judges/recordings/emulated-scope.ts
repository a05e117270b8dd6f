import type { RecordedExchange } from './read-recording.ts'

/** Resource providers that recordings ask beside the containers', and why nothing of them is emulated. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  'Microsoft.Storage': 'a storage account, made only to be the scope of a role',
  'Microsoft.Authorization': 'roles: who holds a token of the emulator may do everything',
}

/** Why a request is not one that the emulator serves; undefined where it is. */
export function whyOutOfScope({ url }: RecordedExchange): string | undefined {
  // The last provider in a path is the one that answers.
  const namespace = [...url.pathname.matchAll(/\/providers\/([^/]+)/g)].at(-1)?.[1]
  return namespace === undefined ? undefined : OUT_OF_SCOPE[namespace]
}
