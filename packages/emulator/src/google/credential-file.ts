import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SUBJECT_TOKEN_TYPE } from './exchange-token.ts'

export interface CredentialFile {
  /** What GOOGLE_APPLICATION_CREDENTIALS is to name. */
  readonly path: string
  remove(): Promise<void>
}

const FOR_THIS_USER = 0o600

/**
 * A credential of the kind that tells where tokens are had (`external_account`: service accounts and users always ask Google itself), with the secret that it
 * shows there in a file beside it. Both are for this user alone.
 */
export async function writeCredentialFile(parts: {
  readonly audience: string
  readonly subjectToken: string
  readonly tokenUrl: string
}): Promise<CredentialFile> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-emulator-google-'))
  const secret = join(directory, 'subject-token')
  const path = join(directory, 'application-default-credentials.json')
  await writeFile(secret, parts.subjectToken, { mode: FOR_THIS_USER })
  const credential = {
    type: 'external_account',
    audience: parts.audience,
    subject_token_type: SUBJECT_TOKEN_TYPE,
    token_url: parts.tokenUrl,
    credential_source: { file: secret, format: { type: 'text' } },
  }
  await writeFile(path, JSON.stringify(credential, null, 2), { mode: FOR_THIS_USER })
  return { path, remove: () => rm(directory, { recursive: true, force: true }) }
}
