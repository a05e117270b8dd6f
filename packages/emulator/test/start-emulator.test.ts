import { existsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startEmulator } from '../src/index.ts'

describe('startEmulator', () => {
  it('binds loopback, by http and https, and tells every variable that points clients at it', async () => {
    const emulator = await startEmulator({ backend: 'none', seed: 3 })
    const { environment, endpoints } = emulator
    expect(endpoints.arm).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(endpoints['arm-https']).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(environment).toMatchObject({
      BERTH_ACI_ENDPOINT: endpoints.arm,
      IDENTITY_ENDPOINT: `${endpoints.arm}/msi/token`,
      AZURE_SUBSCRIPTION_ID: emulator.azure.subscriptions[0],
      AZURE_DEFAULTS_GROUP: 'berth',
    })
    expect(emulator.seed).toBe(3)
    expect(emulator.description).toBe('instant profile, containers on nothing')
    const { headers } = await fetch(endpoints.arm ?? '')
    expect(headers.get('berth-emulator')).toBe(emulator.description)
    const authority = environment.NODE_EXTRA_CA_CERTS ?? ''
    expect(environment.REQUESTS_CA_BUNDLE).toBe(authority)
    expect(statSync(authority).mode & 0o777).toBe(0o600)
    await emulator.close()
    expect(existsSync(authority)).toBe(false)
    expect(existsSync(environment.AZURE_CONFIG_DIR ?? '')).toBe(false)
    await expect(fetch(endpoints.arm ?? '')).rejects.toThrow()
    await emulator.close()
  })

  it('takes the port that it is given and the next five', async () => {
    const port = await freePort()
    await using emulator = await startEmulator({ backend: 'none', port })
    expect(emulator.endpoints).toEqual({
      arm: `http://127.0.0.1:${port}`,
      'arm-https': `https://127.0.0.1:${port + 1}`,
      aws: `http://127.0.0.1:${port + 2}`,
      kubernetes: `https://127.0.0.1:${port + 3}`,
      google: `http://127.0.0.1:${port + 4}`,
      'google-grpc': `http://127.0.0.1:${port + 5}`,
      'gke-berth': expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
    })
    await expect(startEmulator({ backend: 'none', port })).rejects.toThrow('EADDRINUSE')
  })

  it('draws a seed of its own where it is given none', async () => {
    await using one = await startEmulator({ backend: 'none', tls: false })
    await using other = await startEmulator({ backend: 'none', tls: false })
    expect(one.seed).not.toBe(other.seed)
  })

  it('refuses what cannot be meant', async () => {
    await expect(startEmulator({ backend: 'none', services: ['s3' as never] })).rejects.toThrow(
      'there is no service s3',
    )
    await expect(startEmulator({ backend: 'none', timeScale: 0 })).rejects.toThrow('timeScale is 0')
    await expect(startEmulator({ backend: 'none', profile: 'slow' as never })).rejects.toThrow(
      'no profile "slow"',
    )
    await expect(startEmulator({ backend: 'none', azure: { subscriptions: ['mine'] } })).rejects.toThrow(
      'mine is no id',
    )
  })
})

/** One whose successor is most likely free too. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
