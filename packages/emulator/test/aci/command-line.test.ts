import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { startEmulator } from '../../src/index.ts'
import { reals } from './real.ts'

const hasAz = spawnSync('az', ['--version'], { stdio: 'ignore' }).status === 0

/** Minutes: the real command line starts slowly, and polls at a pace of its own. */
describe.skipIf(!hasAz)('az, pointed here by its environment alone', { timeout: 300_000 }, () => {
  it('signs in, and makes, shows, lists, logs, stops, starts and deletes a group', async () => {
    const [{ image, options } = {}] = reals.toReversed()
    // It polls every 30 s unless it is told otherwise.
    await using emulator = await startEmulator({ ...options, dialects: { aci: { retryAfterInSeconds: 1 } } })
    const az = async (words: string, ...last: readonly string[]) => {
      const env = { ...process.env, ...emulator.environment, AZURE_CORE_COLLECT_TELEMETRY: 'false' }
      const argv = [...words.split(' '), ...last, '--output', 'json']
      const { stdout } = await promisify(execFile)('az', argv, { env })
      return stdout === '' ? null : JSON.parse(stdout)
    }
    const [account] = await az('login --identity')
    expect(account).toMatchObject({ id: emulator.azure.subscriptions[0], tenantId: emulator.azure.tenantId })
    await az('group create --name az --location westus2')
    const group = await az(
      `container create --resource-group az --name web --image ${image} --os-type Linux --cpu 1 --memory 1 --ip-address Public --ports 8080 --secrets key=hush --secrets-mount-path /mnt/secrets --command-line`,
      "sh -c 'echo up; sleep 600'",
    )
    expect(group).toMatchObject({
      provisioningState: 'Succeeded',
      location: 'westus2',
      instanceView: { state: 'Running' },
      volumes: [{ name: 'secrets', secret: {} }],
    })
    expect(await az('container list --resource-group az')).toMatchObject([{ name: 'web' }])
    await az('container stop --resource-group az --name web')
    await expect
      .poll(async () => (await az('container show --resource-group az --name web')).instanceView.state, {
        timeout: 60_000,
      })
      .toBe('Stopped')
    await az('container start --resource-group az --name web')
    expect((await az('container show --resource-group az --name web')).instanceView.state).toBe('Running')
    // It prints the log as it is, whatever output was asked for.
    await expect(az('container logs --resource-group az --name web')).rejects.toThrow('"up')
    await az('container delete --resource-group az --name web --yes')
    await expect(az('container show --resource-group berth --name none')).rejects.toThrow('ResourceNotFound')
    const unknown = emulator.requests().filter(({ operation }) => operation === undefined)
    expect(unknown).toEqual([])
  })
})
