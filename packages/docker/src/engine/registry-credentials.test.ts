import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { processSurroundings } from './engine-surroundings.ts'
import { registryAuthHeader } from './registry-auth.ts'
import { findRegistryCredentials } from './registry-credentials.ts'

const path = process.env.PATH
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credentials-'))
  process.env.PATH = `${folder}${delimiter}${path}`
})
afterEach(async () => {
  process.env.PATH = path
  await rm(folder, { recursive: true })
})

async function find(registry: string, config: unknown) {
  await writeFile(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config))
  const surroundings = { ...(await processSurroundings()), environment: { DOCKER_CONFIG: folder } }
  return findRegistryCredentials(registry, { surroundings })
}

/** A real program on PATH, as docker's helpers are. */
async function writeHelper(name: string, script: string): Promise<void> {
  const file = join(folder, `docker-credential-${name}`)
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
}

const auth = Buffer.from('user:pass:word').toString('base64')
const decoded = { username: 'user', password: 'pass:word' }

describe('config.json', () => {
  it('has none', async () => {
    expect(await find('docker.io', {})).toBeNull()
    expect(await find('docker.io', '')).toBeNull()
    expect(await find('r.example', { auths: { 'r.example': {}, 'other.example': { auth } } })).toBeNull()
  })
  it('has user and password', async () => {
    expect(await find('127.0.0.1:5000', { auths: { '127.0.0.1:5000': { auth } } })).toEqual({
      ...decoded,
      serveraddress: '127.0.0.1:5000',
    })
  })
  it.each(['https://r.example', 'https://r.example/v1/', 'http://r.example/v2'])(
    'has the older key %s',
    async (key) => {
      expect(await find('r.example', { auths: { [key]: { auth } } })).toMatchObject(decoded)
      expect(await find('example', { auths: { [key]: { auth } } })).toBeNull()
    },
  )
  it.each(['https://index.docker.io/v1/', 'docker.io', 'index.docker.io'])(
    'has Docker Hub as %s',
    async (key) => {
      expect(await find('docker.io', { auths: { [key]: { auth } } })).toEqual({
        ...decoded,
        serveraddress: 'https://index.docker.io/v1/',
      })
    },
  )
  it('has an identity token, in the place of the password', async () => {
    const stored = { auth: Buffer.from('00000000:').toString('base64'), identitytoken: 'token' }
    expect(await find('r.example', { auths: { 'r.example': stored } })).toEqual({
      serveraddress: 'r.example',
      username: '00000000',
      identitytoken: 'token',
    })
  })
  it('is broken: says so without its content', async () => {
    await expect(find('r.example', `{"auths":{"r.example":{"auth":"${auth}"`)).rejects.toThrow(
      /^(?!.*dXNl).*not valid JSON/,
    )
    await expect(find('r.example', { auths: { 'r.example': { auth: 'aHVudGVyMg==' } } })).rejects.toThrow(
      /^(?!.*(aHVud|hunter)).*docker login/,
    )
  })
})

describe('credential helpers', () => {
  // answers with the server it was asked for, so that the protocol itself is seen
  const echo =
    'read -r server; printf \'{"ServerURL":"%s","Username":"%s","Secret":"hunter2"}\' "$server" "$server-$1"'

  it('are asked before auths, with Docker Hub by its old key', async () => {
    await writeHelper('test', echo)
    const config = { credsStore: 'test', auths: { 'r.example': { auth } } }
    expect(await find('r.example', config)).toEqual({
      serveraddress: 'r.example',
      username: 'r.example-get',
      password: 'hunter2',
    })
    expect(await find('docker.io', config)).toMatchObject({ username: 'https://index.docker.io/v1/-get' })
  })
  it('of one registry come before the store', async () => {
    await writeHelper('test', echo)
    expect(
      await find('r.example', { credsStore: 'absent', credHelpers: { 'r.example': 'test' } }),
    ).toMatchObject({
      username: 'r.example-get',
    })
  })
  it('may give a token', async () => {
    await writeHelper('test', 'cat >/dev/null; echo \'{"Username":"<token>","Secret":"refresh"}\'')
    expect(await find('r.example', { credsStore: 'test' })).toEqual({
      serveraddress: 'r.example',
      identitytoken: 'refresh',
    })
  })
  it('that have nothing leave it to auths', async () => {
    await writeHelper('test', 'echo credentials not found in native keychain; exit 1')
    expect(await find('r.example', { credsStore: 'test' })).toBeNull()
    expect(await find('r.example', { credsStore: 'test', auths: { 'r.example': { auth } } })).toMatchObject(
      decoded,
    )
  })
  it('that are missing or fail are named, without what they wrote', async () => {
    await expect(find('r.example', { credsStore: 'absent' })).rejects.toThrow(
      'docker-credential-absent cannot be run (ENOENT)',
    )
    await writeHelper('test', 'echo hunter2; exit 3')
    await expect(find('r.example', { credsStore: 'test' })).rejects.toThrow(/^(?!.*hunter2).*exit code 3/)
    await writeHelper('test', 'cat >/dev/null; echo \'{"Secret":"hunter2\'')
    await expect(find('r.example', { credsStore: 'test' })).rejects.toThrow(/^(?!.*hunter2).*did not answer/)
  })
})

it('encodes the header so that engines can read it: base64url, padded', () => {
  const header = registryAuthHeader({ username: 'ü??>>', password: 'x' })['x-registry-auth'] ?? ''
  expect(header).toMatch(/^[\w-]+={0,2}$/)
  expect(header.length % 4).toBe(0)
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    username: 'ü??>>',
    password: 'x',
  })
  expect(registryAuthHeader(null)).toEqual({})
})
