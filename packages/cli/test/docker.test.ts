import { afterAll, expect, test } from 'vitest'
import type { StartReport } from '../src/report/start-record.ts'
import { Place } from './run-berth.ts'

const { LAB_DOCKER, LAB_IMAGE_NGINX = '', LAB_IMAGE_BUSYBOX = '' } = process.env
const place = new Place()
const ours = ['--label', `place=${place.directory.replace(/\W+/g, '-')}`]
const env = { ...(process.env.DOCKER_HOST && { DOCKER_HOST: process.env.DOCKER_HOST }) }
const run = (...words: string[]) => place.run(words, { env })
const ids: string[] = []
afterAll(async () => {
  if (ids.length > 0) await run('rm', '--force', ...ids)
  await place.leave()
})

test.runIf(LAB_DOCKER)('a job on a real engine: its output, its exit, nothing left', async () => {
  const words = ['run', LAB_IMAGE_BUSYBOX, '--on', 'docker', '--name', 'cli-job', ...ours]
  const { exitCode, stdout, stderr } = await run(...words, '--', 'sh', '-c', 'echo out; echo err >&2; exit 3')
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: 'out\n' })
  expect(stderr).toContain('err\n')
  expect(stderr).toContain('exited with code 3')
  expect((await run('ps', '--on', 'docker')).stdout).not.toContain('cli-job')
})

test.runIf(LAB_DOCKER)('a detached server on a real engine, from start to removal', async () => {
  const words = [
    'run',
    LAB_IMAGE_BUSYBOX,
    '--on',
    'docker',
    '--detach',
    '--name',
    'cli-web',
    '-p',
    '80',
    ...ours,
  ]
  const httpd = 'echo served > /index.html; httpd -f -p 80 -h /'
  const { exitCode, stdout, stderr } = await run(...words, '--ready', 'http:/', '--', 'sh', '-c', httpd)
  expect(exitCode, stderr).toBe(0)
  const id = stdout.trim()
  ids.push(id)
  expect(await (await fetch(/ready at (\S+)/.exec(stderr)?.[1] ?? '')).text()).toBe('served\n')
  const exec = await run('exec', id, '--', 'sh', '-c', 'echo $((6 * 7)); exit 5')
  expect(exec).toEqual({ exitCode: 5, stdout: '42\n', stderr: '' })
  expect((await run('ps', '--on', 'docker')).stdout).toMatch(/cli-web-\w+ +\S+busybox:1 +running/)
  expect((await run('rm', id)).exitCode).toBe(0)
  expect((await run('rm', id)).exitCode).toBe(1)
})

test.runIf(LAB_DOCKER)('the engine beside the embedded provider, each with its image', async () => {
  const words = [
    'time',
    '--on',
    `docker=${LAB_IMAGE_NGINX}`,
    '--on',
    'process=berth/hello',
    '-p',
    '80',
    '--ready',
    'http:/',
  ]
  const { exitCode, document } = await place.json(words, { env })
  expect(exitCode).toBe(0)
  const { starts } = document as StartReport
  expect(starts.map(({ adapter, status }) => `${adapter} ${status}`)).toEqual([
    'docker ready',
    'process ready',
  ])
})

test.runIf(LAB_DOCKER)('an image that is nowhere is one clear message', async () => {
  const image = LAB_IMAGE_NGINX.replace(/nginx:1$/, 'not-there:1')
  const { exitCode, document } = await place.json(['run', image, '--on', 'docker', '--detach'], { env })
  expect(document).toMatchObject({
    error: { code: 'image-pull', message: expect.stringContaining('not-there') },
  })
  expect(exitCode).toBe(1)
})

test('without an engine the start goes elsewhere and says why; asked for by name it fails', async () => {
  const none = { env: { DOCKER_HOST: `unix://${place.directory}/none.sock` } }
  const elsewhere = await place.run(['run', 'berth/job', 'hi'], none)
  expect(elsewhere.stdout).toBe('hi\n')
  expect(elsewhere.stderr).toMatch(/on process.*docker is not: .*none\.sock/s)
  const named = await place.json(['run', 'berth/job', '--on', 'docker', '--detach'], none)
  expect(named.document).toMatchObject({
    error: { code: 'unavailable', message: expect.stringContaining('none.sock') },
  })
  expect(named.exitCode).toBe(1)
  const listed = await place.json(['ps'], none)
  expect(listed.document).toMatchObject({ runs: [], unreachable: [{ provider: 'docker' }] })
  expect(listed.exitCode).toBe(0)
  const doctor = await place.json(['doctor', 'docker'], none)
  expect(doctor.document).toMatchObject({ reports: [{ provider: 'docker', status: 'failed' }] })
  expect(doctor.exitCode).toBe(1)
})

test('a control plane in plain text on another machine is refused', async () => {
  const remote = { env: { DOCKER_HOST: 'tcp://192.0.2.1:2375' } }
  const { exitCode, document } = await place.json(['run', 'nginx', '--on', 'docker', '--detach'], remote)
  expect(document).toMatchObject({ error: { message: expect.stringMatching(/TLS|loopback/) } })
  expect(exitCode).not.toBe(0)
})
