import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readKubeconfig } from './read-kubeconfig.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-kubeconfig-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const config = (user: string, server = 'https://10.0.0.1:6443') => `
current-context: one
contexts: [{ name: one, context: { cluster: c, user: u, namespace: previews } }]
clusters: [{ name: c, cluster: { server: '${server}', certificate-authority: ca.crt } }]
users: [{ name: u, user: ${user} }]
`

describe('readKubeconfig', () => {
  it('finds certificates beside the file, and data in it', async () => {
    write('ca.crt', 'of the authority')
    const data = Buffer.from('of the user').toString('base64')
    const kubeconfig = write('plain', config(`{ client-certificate-data: ${data}, token: abc }`))
    const access = await readKubeconfig({ kubeconfig })
    expect(access).toMatchObject({ server: 'https://10.0.0.1:6443', namespace: 'previews' })
    const { ca, cert, headers } = await access.credentials()
    expect([ca?.toString(), cert?.toString()]).toEqual(['of the authority', 'of the user'])
    expect(headers).toEqual({ Authorization: 'Bearer abc' })
  })

  it('runs the plugin that it names', async () => {
    write('ca.crt', 'of the authority')
    const credential = `{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"of-a-plugin"}}`
    const plugin = `{ exec: { apiVersion: client.authentication.k8s.io/v1, command: echo, args: ['${credential}'] } }`
    const access = await readKubeconfig({ kubeconfig: write('plugin', config(plugin)) })
    expect((await access.credentials()).headers).toMatchObject({ Authorization: 'Bearer of-a-plugin' })
  })

  it('says what a plugin says that fails', async () => {
    const plugin = `{ exec: { apiVersion: client.authentication.k8s.io/v1, command: sh, args: ['-c', 'echo sign in first >&2; exit 1'] } }`
    const access = await readKubeconfig({ kubeconfig: write('failing', config(plugin)) })
    await expect(access.credentials()).rejects.toThrow(/sign in first/)
  })

  it.each([
    ['none', join(folder, 'none'), undefined, /cannot be used/],
    ['another context', write('context', config('{}')), 'two', /no context 'two'; it has one/],
    ['plain HTTP to elsewhere', write('http', config('{}', 'http://10.0.0.1')), undefined, /unencrypted/],
  ])('refuses %s', async (_what, kubeconfig, context, message) => {
    await expect(readKubeconfig({ kubeconfig, context })).rejects.toThrow(message)
  })
})
