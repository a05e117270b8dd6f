/** What points clients at the cluster. YAML takes JSON. */
export function kubeconfig(access: {
  readonly server: string
  readonly certificateAuthority: string
  readonly token: string
}): string {
  const { server, certificateAuthority, token } = access
  const name = 'berth-emulator'
  const cluster = {
    server,
    'certificate-authority-data': Buffer.from(certificateAuthority).toString('base64'),
  }
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
      'current-context': name,
    },
    null,
    2,
  )
}
