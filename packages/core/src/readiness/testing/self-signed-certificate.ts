import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and a certificate that nobody vouches for, made anew by openssl. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const directory = mkdtempSync(join(tmpdir(), 'berth-certificate-'))
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')]
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const where = ['-subj', '/CN=berth.invalid', '-keyout', key, '-out', cert]
    execFileSync('openssl', ['req', '-x509', ...kind, ...where], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(directory, { recursive: true })
  }
}
