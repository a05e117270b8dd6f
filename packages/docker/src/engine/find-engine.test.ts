import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineConfigurationError } from './engine-configuration-error.ts'
import { type EngineSurroundings, processSurroundings } from './engine-surroundings.ts'
import { type FindEngineOptions, findEngine } from './find-engine.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-engine-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Real files under a temporary home; the sockets of this machine's own engines are hidden. */
async function surroundings(
  environment: Record<string, string> = {},
  changes: Partial<EngineSurroundings> = {},
): Promise<EngineSurroundings> {
  const real = await processSurroundings()
  return {
    ...real,
    platform: 'linux',
    home: folder,
    environment,
    tryConnect: async (path) => (path.startsWith(folder) ? real.tryConnect(path) : 'ENOENT'),
    ...changes,
  }
}

async function find(environment: Record<string, string> = {}, options: FindEngineOptions = {}) {
  return findEngine({ surroundings: await surroundings(environment), ...options })
}

async function failure(promise: Promise<unknown>): Promise<EngineConfigurationError> {
  return promise.then(
    () => expect.unreachable('an engine was found'),
    (error) => error,
  )
}

async function writeContext(name: string, host: string, { skip = false, tls = false } = {}): Promise<void> {
  const digest = createHash('sha256').update(name).digest('hex')
  const meta = join(folder, '.docker/contexts/meta', digest)
  await mkdir(meta, { recursive: true })
  const content = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: skip } } }
  await writeFile(join(meta, 'meta.json'), JSON.stringify(content))
  if (tls) await writeCertificates(join(folder, '.docker/contexts/tls', digest, 'docker'))
}

async function writeCertificates(into: string): Promise<void> {
  await mkdir(into, { recursive: true })
  for (const name of ['ca', 'cert', 'key']) await writeFile(join(into, `${name}.pem`), name)
}

async function writeConfig(content: string): Promise<void> {
  await mkdir(join(folder, '.docker'), { recursive: true })
  await writeFile(join(folder, '.docker/config.json'), content)
}

describe('the order of the places', () => {
  beforeEach(async () => {
    await writeContext('chosen', 'unix:///chosen.sock')
    await writeContext('named', 'unix:///named.sock')
    await writeContext('current', 'unix:///current.sock')
    await writeConfig('{"currentContext":"current"}')
  })
  const everything = { DOCKER_HOST: 'unix:///environment.sock', DOCKER_CONTEXT: 'named' }

  it('prefers the host option to all else', async () => {
    expect(await find(everything, { host: 'unix:///option.sock' })).toEqual({
      kind: 'socket',
      address: 'unix:///option.sock',
      socketPath: '/option.sock',
      source: 'the host option',
    })
  })
  it('then the context option', async () => {
    expect(await find(everything, { context: 'chosen' })).toMatchObject({
      socketPath: '/chosen.sock',
      source: 'context "chosen" (the context option)',
    })
  })
  it('then DOCKER_HOST', async () => {
    expect(await find(everything)).toMatchObject({ socketPath: '/environment.sock', source: 'DOCKER_HOST' })
  })
  it('then DOCKER_CONTEXT', async () => {
    expect(await find({ DOCKER_CONTEXT: 'named' })).toMatchObject({
      socketPath: '/named.sock',
      source: 'context "named" (DOCKER_CONTEXT)',
    })
  })
  it('then the current context', async () => {
    expect(await find()).toMatchObject({ socketPath: '/current.sock' })
    expect(await find({ DOCKER_CONFIG: join(folder, '.docker') })).toMatchObject({
      socketPath: '/current.sock',
    })
  })
  it('takes the context "default" for the usual sockets, whatever config.json says', async () => {
    expect((await failure(find({ DOCKER_CONTEXT: 'default' }))).problem).toBe('not-found')
    expect(await find({ DOCKER_HOST: 'unix:///a.sock' }, { context: 'default' })).toMatchObject({
      source: 'DOCKER_HOST',
    })
  })
  it('refuses two options at once', async () => {
    await expect(find({}, { host: 'unix:///a', context: 'chosen' })).rejects.toThrow(TypeError)
  })
})

describe('the usual sockets', () => {
  it('takes the first that something listens on, past a stale one', async () => {
    await mkdir(join(folder, 'podman'))
    await writeFile(join(folder, 'docker.sock'), '')
    const server = createServer().listen(join(folder, 'podman/podman.sock'))
    try {
      expect(await find({ XDG_RUNTIME_DIR: folder })).toMatchObject({
        socketPath: join(folder, 'podman/podman.sock'),
        source: 'rootless Podman socket',
      })
    } finally {
      server.close()
    }
  })
  it('lists every place when there is none', async () => {
    const error = await failure(find({ XDG_RUNTIME_DIR: '/run/user/7' }))
    expect(error.problem).toBe('not-found')
    expect(error.places.map(({ place }) => place)).toEqual([
      'DOCKER_HOST',
      'DOCKER_CONTEXT',
      join(folder, '.docker/config.json'),
      'unix:///var/run/docker.sock',
      'unix:///run/user/7/docker.sock',
      `unix://${folder}/.docker/run/docker.sock`,
      'unix:///run/user/7/podman/podman.sock',
      'unix:///run/podman/podman.sock',
    ])
    expect(error.message).toContain('unix:///run/podman/podman.sock: does not exist')
  })
  it('says that it is a matter of permission', async () => {
    const forbidding = await surroundings({}, { tryConnect: async () => 'EACCES' })
    const error = await failure(findEngine({ surroundings: forbidding }))
    expect(error.message).toContain('You may not open /var/run/docker.sock')
  })
  it('takes the pipes on Windows', async () => {
    const windows = await surroundings({}, { platform: 'win32', tryConnect: async () => null })
    expect(await findEngine({ surroundings: windows })).toMatchObject({
      socketPath: '//./pipe/docker_engine',
    })
  })
})

describe('contexts', () => {
  it('bring their TLS files', async () => {
    await writeContext('far', 'tcp://far.example:2376', { tls: true })
    const tls = join(
      folder,
      '.docker/contexts/tls',
      createHash('sha256').update('far').digest('hex'),
      'docker',
    )
    expect(await find({}, { context: 'far' })).toMatchObject({
      kind: 'tcp',
      host: 'far.example',
      port: 2376,
      tls: { verify: true, caFile: `${tls}/ca.pem`, certFile: `${tls}/cert.pem`, keyFile: `${tls}/key.pem` },
    })
  })
  it('without verification are refused unless insecure was chosen', async () => {
    await writeContext('far', 'tcp://far.example:2376', { tls: true, skip: true })
    expect(await failure(find({}, { context: 'far' }))).toMatchObject({ problem: 'insecure' })
    expect(await find({}, { context: 'far', allowInsecure: true })).toMatchObject({ tls: { verify: false } })
  })
  it('that do not exist are named, with who named them', async () => {
    const error = await failure(find({ DOCKER_CONTEXT: 'gone' }))
    expect(error).toMatchObject({ problem: 'not-found' })
    expect(error.message).toContain('"gone" (named by DOCKER_CONTEXT)')
  })
  it('without an engine, or broken, are invalid', async () => {
    await writeContext('empty', '')
    expect(await failure(find({ DOCKER_CONTEXT: 'empty' }))).toMatchObject({ problem: 'invalid' })
    await writeConfig('{"auths":{"r":{"auth":"c2VjcmV0"')
    const error = await failure(find())
    expect(error).toMatchObject({ problem: 'invalid' })
    expect(error.message).not.toContain('c2Vj')
  })
})

describe('TLS of the environment', () => {
  const far = 'tcp://far.example'
  it('is verified, from DOCKER_CERT_PATH or the configuration folder', async () => {
    await writeCertificates(join(folder, 'certificates'))
    await writeCertificates(join(folder, '.docker'))
    const given = { DOCKER_HOST: far, DOCKER_CERT_PATH: join(folder, 'certificates') }
    for (const environment of [given, { ...given, DOCKER_TLS_VERIFY: '1' }]) {
      expect(await find(environment)).toMatchObject({
        port: 2376,
        tls: { verify: true, caFile: join(folder, 'certificates/ca.pem') },
      })
    }
    expect(await find({ DOCKER_HOST: far, DOCKER_TLS_VERIFY: '1' })).toMatchObject({
      tls: { verify: true, keyFile: join(folder, '.docker/key.pem') },
    })
  })
  it('unverified is refused unless insecure was chosen', async () => {
    const environment = { DOCKER_HOST: far, DOCKER_TLS: '1' }
    expect(await failure(find(environment))).toMatchObject({ problem: 'insecure' })
    expect(await find(environment, { allowInsecure: true })).toMatchObject({ tls: { verify: false } })
  })
  it('must be there', async () => {
    const environment = { DOCKER_HOST: far, DOCKER_CERT_PATH: join(folder, 'nothing') }
    expect(await failure(find(environment))).toMatchObject({ problem: 'invalid' })
  })
})
