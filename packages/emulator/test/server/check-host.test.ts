import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { checkLoopbackAddress, isLoopbackHost } from '../../src/server/check-host.ts'
import { startAzure } from '../azure.ts'

describe('the host that is asked', () => {
  it('must be loopback by name too, against DNS rebinding', async () => {
    await using azure = await startAzure()
    const url = new URL(azure.emulator.endpoints.arm ?? '')
    expect(await statusFor(url, 'attacker.example:80')).toBe(421)
    expect(await statusFor(url, '127.0.0.1.attacker.example')).toBe(421)
    expect(await statusFor(url, `localhost:${url.port}`)).toBe(401)
    expect(await statusFor(url, url.host)).toBe(401)
  })

  it.each(['127.0.0.1', '127.0.0.1:80', 'localhost:1', '[::1]:80'])('%s is loopback', (host) => {
    expect(isLoopbackHost(host)).toBe(true)
  })

  it.each([undefined, '', 'example.com', '10.0.0.1', 'localhost.example.com'])('%s is not', (host) => {
    expect(isLoopbackHost(host)).toBe(false)
  })

  it('is the only one that is bound', () => {
    expect(() => checkLoopbackAddress('0.0.0.0')).toThrow('the emulator binds loopback only, not 0.0.0.0')
    expect(() => checkLoopbackAddress('192.168.0.7')).toThrow(RangeError)
    checkLoopbackAddress('127.0.0.1')
  })
})

function statusFor(url: URL, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({
      host: url.hostname,
      port: url.port,
      path: '/subscriptions?api-version=2022-12-01',
      headers: { host },
    })
      .on('response', (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      .on('error', reject)
      .end()
  })
}
