import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Emulator, startEmulator } from '../../src/index.ts'
import { type AzCommand, azCommand, hasAz } from './az/az-command.ts'
import { type OutsideCalls, refuseOutsideCalls } from './az/outside-calls.ts'

const { LAB_IMAGE_BUSYBOX: busybox } = process.env

// Each call of az takes a second, and several on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

interface World {
  readonly kind: 'docker' | 'process'
  readonly image: string
  readonly shell: string
  /** What makes the container serve `page`. */
  readonly command: readonly string[]
  readonly page: string
  readonly log: string
}

/** Ends when it is told to, which the first process of a container does not do by itself. */
const serve = 'httpd -p 8080 -h /settings; trap "exit 0" TERM; while true; do sleep 1 & wait $!; done'

const world: World = busybox
  ? {
      kind: 'docker',
      image: busybox,
      shell: busybox,
      command: ['--command-line', `/bin/sh -c 'echo "started as $ROLE with $WORD"; ${serve}'`],
      page: 'from a secret',
      log: 'started as web with not-told-back',
    }
  : {
      kind: 'process',
      image: 'berth/hello',
      shell: 'berth/shell',
      command: [],
      page: 'hello',
      log: 'GET /index.html 200',
    }

/** A container group as az shows it. */
interface ShownGroup {
  readonly provisioningState: string
  readonly ipAddress: {
    readonly ip: string
    readonly fqdn: string
    readonly ports: { readonly port: number }[]
  }
  readonly instanceView: { readonly state: string }
  readonly containers: {
    readonly environmentVariables: { readonly name: string; readonly value: string | null }[]
    readonly instanceView: {
      readonly restartCount: number
      readonly currentState: { readonly state: string; readonly exitCode: number | null }
      readonly events: { readonly name: string }[]
    }
  }[]
}

describe.skipIf(!hasAz())(
  `Azure's command line${hasAz() ? '' : ' (left out: there is no az on the PATH; scripts/judges-up installs it)'}`,
  () => {
    describe(`on backend ${world.kind}`, () => {
      let emulator: Emulator
      let outside: OutsideCalls
      let az: AzCommand
      const web = ['--resource-group', 'shop', '--name', 'web'] as const
      const show = () => az.json<ShownGroup>('container', 'show', ...web)

      beforeAll(async () => {
        emulator = await startEmulator({
          backend: world.kind,
          name: 'judge-az',
          // Without being told, az waits for half a minute before it asks again.
          dialects: { aci: { retryAfterInSeconds: 1 } },
        })
        outside = await refuseOutsideCalls()
        // With a resource group of its own by default, az would list no other.
        const { AZURE_DEFAULTS_GROUP: _, ...environment } = emulator.environment
        az = await azCommand({ ...environment, ...outside.environment })
      })

      afterAll(async () => {
        await az?.[Symbol.asyncDispose]()
        await outside?.[Symbol.asyncDispose]()
        await emulator?.close()
      })

      it('logs in with the managed identity', async () => {
        const accounts = await az.json('login', '--identity')
        const { tenantId, subscriptions } = emulator.azure
        expect(accounts).toMatchObject([{ tenantId, id: subscriptions[0], state: 'Enabled' }])
      })

      it('creates a resource group, and finds the provider registered', async () => {
        const made = await az.json('group', 'create', '--name', 'shop', '--location', 'westeurope')
        expect(made).toMatchObject({ location: 'westeurope', properties: { provisioningState: 'Succeeded' } })
        const provider = await az.json('provider', 'show', '--namespace', 'Microsoft.ContainerInstance')
        expect(provider).toMatchObject({ registrationState: 'Registered' })
      })

      it('creates a container group whose address answers', async () => {
        const group = await az.json<ShownGroup>(
          ...['container', 'create', ...web, '--image', world.image, ...world.command],
          ...['--cpu', '0.5', '--memory', '0.5', '--restart-policy', 'OnFailure'],
          ...['--ip-address', 'Public', '--ports', '8080', '--dns-name-label', `judge-${world.kind}`],
          ...['--environment-variables', 'ROLE=web', '--secure-environment-variables', 'WORD=not-told-back'],
          ...['--secrets', 'index.html=from a secret', '--secrets-mount-path', '/settings'],
        )
        expect(group).toMatchObject({
          provisioningState: 'Succeeded',
          location: 'westeurope',
          restartPolicy: 'OnFailure',
          instanceView: { state: 'Running' },
          ipAddress: { type: 'Public', fqdn: `judge-${world.kind}.westeurope.azurecontainer.io` },
          volumes: [{ name: 'secrets', secret: {} }],
          containers: [
            {
              image: world.image,
              resources: { requests: { cpu: 0.5, memoryInGb: 0.5 } },
              volumeMounts: [{ name: 'secrets', mountPath: '/settings' }],
              instanceView: { restartCount: 0, currentState: { state: 'Running' } },
            },
          ],
        })
        const { environmentVariables } = group.containers[0] ?? {}
        expect(environmentVariables).toMatchObject([
          { name: 'ROLE', value: 'web' },
          { name: 'WORD', value: null },
        ])
        expect(await answerOf(group)).toContain(world.page)
      })

      it('shows, lists and exports it', async () => {
        const group = await show()
        const names = group.containers[0]?.instanceView.events.map(({ name }) => name)
        expect(names).toEqual(['Pulling', 'Pulled', 'Started'])
        const { stdout } = await az.run('container', 'list', '--resource-group', 'shop', '--output', 'table')
        expect(stdout).toMatch(
          /^web +shop +Succeeded +\S+ +[\d.]+:\d+ +Public +0\.5 core\/0\.5 gb +Linux +westeurope$/m,
        )
        const everywhere = await az.json('container', 'list')
        expect(everywhere).toMatchObject([{ name: 'web', location: 'westeurope' }])
        const file = join(az.directory, 'web.yaml')
        await az.json('container', 'export', ...web, '--file', file)
        const exported = await readFile(file, 'utf8')
        expect(exported).toContain('name: ROLE')
        expect(exported).not.toMatch(/not-told-back|from a secret/)
      })

      it('reads its log', async () => {
        const { stdout } = await az.run('container', 'logs', ...web)
        expect(stdout).toContain(world.log)
      })

      it.skipIf(process.platform !== 'linux')('runs a command in it, in a terminal', async () => {
        const input = 'echo "ROLE is $ROLE, $((6 * 7))"; exit\n'
        const shown = await az.typeInto(input, 'container', 'exec', ...web, '--exec-command', '/bin/sh')
        expect(shown).toContain('ROLE is web, 42')
      })

      it('stops it, starts it and starts it again', async () => {
        await az.json('container', 'stop', ...web)
        await expect
          .poll(async () => (await show()).instanceView.state, { timeout: 60_000, interval: 500 })
          .toBe('Stopped')
        await az.json('container', 'start', ...web)
        const started = await show()
        expect(started.instanceView.state).toBe('Running')
        expect(await answerOf(started)).toContain(world.page)
        await az.json('container', 'restart', ...web)
        await expect
          .poll(async () => (await show()).instanceView.state, { timeout: 60_000, interval: 500 })
          .toBe('Running')
        expect(await answerOf(await show())).toContain(world.page)
      })

      it('tells how a container ended', async () => {
        const job = ['--resource-group', 'shop', '--name', 'job'] as const
        await az.json(
          ...['container', 'create', ...job, '--image', world.shell, '--restart-policy', 'Never'],
          ...['--command-line', "/bin/sh -c 'echo done; exit 3'"],
        )
        await expect
          .poll(() => az.json<ShownGroup>('container', 'show', ...job), { timeout: 60_000, interval: 500 })
          .toMatchObject({
            instanceView: { state: 'Failed' },
            containers: [
              { instanceView: { currentState: { state: 'Terminated', exitCode: 3, detailStatus: 'Error' } } },
            ],
          })
        // It shows the events and the log, and ends with the container.
        const { exitCode, stdout } = await az.run('container', 'attach', ...job)
        expect({ exitCode, stdout }).toEqual({
          exitCode: 0,
          stdout: expect.stringContaining("state 'Terminated'"),
        })
      })

      it("tells the service's own errors", async () => {
        const absent = await az.run('container', 'show', '--resource-group', 'shop', '--name', 'absent')
        // 3 is az's own for whatever is not found.
        expect(absent).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('(ResourceNotFound)') })
        const taken = await az.run(
          ...['container', 'create', '--resource-group', 'shop', '--name', 'other', '--image', world.image],
          ...['--dns-name-label', `judge-${world.kind}`],
        )
        expect(taken).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining('(DnsNameLabelNotAvailable)'),
        })
      })

      it('deletes it, and the resource group with the rest', async () => {
        const last = await az.json('container', 'delete', ...web, '--yes')
        expect(last).toMatchObject({ name: 'web' })
        await expect
          .poll(async () => (await az.run('container', 'show', ...web)).exitCode, {
            timeout: 60_000,
            interval: 500,
          })
          .toBe(3)
        await az.json('group', 'delete', '--name', 'shop', '--yes', '--no-wait')
        await expect.poll(() => az.json('container', 'list'), { timeout: 60_000, interval: 500 }).toEqual([])
        expect(await az.json('group', 'exists', '--name', 'shop')).toBe(false)
      })

      it('asks nobody else, but whether there is a newer az', () => {
        expect([...new Set(outside.hosts)]).toEqual(['azure.microsoft.com:443'])
        // What it asks of the emulator has all been understood.
        expect(emulator.requests().filter(({ operation }) => operation === undefined)).toEqual([])
      })
    })

    it('can be pointed at the emulator as at any other cloud', async () => {
      await using emulator = await startEmulator({
        backend: 'none',
        azure: { resourceGroups: { shop: 'westus2' } },
      })
      await using outside = await refuseOutsideCalls()
      const { ARM_CLOUD_METADATA_URL: _, ...environment } = emulator.environment
      await using az = await azCommand({ ...environment, ...outside.environment })
      const endpoint = emulator.endpoints['arm-https'] ?? ''
      await az.json('cloud', 'register', '--name', 'berth', '--endpoint-resource-manager', endpoint)
      await az.json('cloud', 'set', '--name', 'berth')
      expect(await az.json('login', '--identity')).toMatchObject([{ environmentName: 'berth' }])
      expect(await az.json('group', 'list')).toMatchObject([{ name: 'shop', location: 'westus2' }])
      expect(await az.json('container', 'list')).toEqual([])
    })
  },
)

/** What a group's address answers to an HTTP client. */
async function answerOf({ ipAddress: { ip, ports } }: ShownGroup): Promise<string> {
  const url = `http://${ip}:${ports[0]?.port}/index.html`
  let answer = ''
  await expect
    .poll(async () => {
      answer = await fetch(url).then(
        (response) => response.text(),
        (error: unknown) => String((error as Error).cause),
      )
      return answer
    })
    .not.toMatch(/^Error|ECONN/)
  return answer
}
