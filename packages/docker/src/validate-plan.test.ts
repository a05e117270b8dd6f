import { type ContainerSpec, exec, http, planGroup } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { convertPlanToDocker } from './convert-plan-to-docker.ts'
import { type DockerCapabilities, dockerCapabilities } from './docker-capabilities.ts'
import { validatePlan } from './validate-plan.ts'

async function plan(spec: Omit<ContainerSpec<DockerCapabilities>, 'image'>) {
  return await planGroup(
    { image: 'app:1', ...spec },
    {
      capabilities: dockerCapabilities,
      providerName: 'docker',
      token: 'token',
      owner: 'owner',
      leaseInMs: 60_000,
    },
  )
}

describe('validatePlan', () => {
  it.each([
    [{ memory: '5Mi' }, /6Mi/],
    [{ cpu: 0.001 }, /0\.01/],
    [{ volumes: { data: { kind: 'named', options: { name: 'a/b' } } } }, /no name of a volume/],
    [{ volumes: { data: { kind: 'empty', options: { size: 1 } } } }, /no such option/],
    [{ expose: 'private', ports: [{ port: 80, publish: 8080 }] }, /private/],
    [{ options: { docker: { network: 'container:x' } } }, /network/],
    [{ options: { docker: { shmSize: -1 } } }, /shmSize/],
  ] as const)('refuses %j', async (spec, message) => {
    const planned = await plan(spec)
    expect(() => validatePlan(planned)).toThrow(message)
  })

  it('refuses a health check that no engine makes', async () => {
    const planned = await plan({ ports: [80], health: { probe: http('/') } })
    expect(() => validatePlan(planned)).toThrow(expect.objectContaining({ code: 'unsupported' }))
    validatePlan(await plan({ health: { probe: exec(['true']) } }))
  })
})

describe('convertPlanToDocker', () => {
  it('makes one container of a run that is no group', async () => {
    const { main, holder } = await convertPlanToDocker(
      await plan({
        command: ['a'],
        ports: [80, { port: 53, protocol: 'udp', publish: 5353 }],
        stopGrace: '1500ms',
        restart: 'always',
      }),
    )
    expect(holder).toBeUndefined()
    expect(main.body).toMatchObject({
      Image: 'app:1',
      Entrypoint: ['a'],
      StopTimeout: 2,
      HostConfig: {
        PortBindings: {
          '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
          '53/udp': [{ HostIp: '127.0.0.1', HostPort: '5353' }],
        },
        RestartPolicy: { Name: 'always' },
      },
    })
    expect(main.body.Cmd).toBeUndefined()
  })

  it('gives the ports and the network of a group to a container of their own', async () => {
    const group = await convertPlanToDocker(
      await plan({
        ports: [80],
        restart: 'on-failure',
        sidecars: { network: { image: 'side:1', ports: [81] } },
        initContainers: { setup: { image: 'init:1' } },
        options: { docker: { dns: ['10.0.0.1'], init: true } },
      }),
    )
    const names = [group.holder, group.main, ...group.sidecars, ...group.init].map(
      (container) => container?.name,
    )
    expect(new Set(names).size).toBe(4)
    expect(Object.keys(group.holder?.body.HostConfig?.PortBindings ?? {})).toEqual(['80/tcp', '81/tcp'])
    expect(group.holder?.body.HostConfig?.Dns).toEqual(['10.0.0.1'])
    expect(group.main.body).toMatchObject({
      HostConfig: {
        NetworkMode: `container:${group.holder?.name}`,
        Init: true,
        RestartPolicy: { Name: 'on-failure' },
      },
    })
    expect(group.main.body.ExposedPorts).toBeUndefined()
    expect(group.init[0]?.body.HostConfig?.RestartPolicy).toEqual({ Name: 'no' })
  })
})
