import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'

export interface Certificate {
  readonly key: string
  readonly certificate: string
  /** What clients are to trust: the certificate itself, in PEM, readable by this user only. */
  readonly authorityFile: string
  remove(): Promise<void>
}

/** Makes a key and a certificate for loopback that lives for a week; nobody is asked to trust it but by the file's name. */
export async function makeCertificate(): Promise<Certificate> {
  const now = Date.now()
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: 'Berth emulator on loopback' }],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notBeforeDate: new Date(now - 24 * 3_600_000),
      notAfterDate: new Date(now + 7 * 24 * 3_600_000),
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    },
  )
  const directory = await mkdtemp(join(tmpdir(), 'berth-emulator-'))
  const authorityFile = join(directory, 'ca.pem')
  await writeFile(authorityFile, cert, { mode: 0o600 })
  return {
    key,
    certificate: cert,
    authorityFile,
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}
