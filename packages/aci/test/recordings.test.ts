import { describe, expect, it } from 'vitest'
import { orderStamp } from '../src/aci-stamps.ts'
import { parseServiceTime } from '../src/aci-time.ts'
import type { ContainerGroup, Operation } from '../src/arm/container-group.ts'
import { readArmError } from '../src/arm/read-arm-error.ts'
import { mapAciError } from '../src/map-aci-error.ts'
import { mapAciState } from '../src/map-aci-state.ts'
import { type Exchange, readRecordings, recordingsFolder } from './recordings/read-recordings.ts'

const GROUP = /\/containerGroups\/([^/?]+)\?/
const RECEIVED_AT = 1_000

if (recordingsFolder === undefined) {
  describe('the recorded service', () => {
    it.skip('needs its recordings: set BERTH_RECORDINGS to the folder that holds aci/*.yaml')
  })
} else {
  const recordings = readRecordings(recordingsFolder)
  const of = (name: string) => recordings.get(name) ?? []
  const groups = (name: string, method = 'GET') =>
    of(name).filter(({ method: used, url, status }) => used === method && GROUP.test(url) && status < 300)
  const operations = (name: string) => of(name).filter(({ url }) => url.includes('/operations/'))

  describe('the recorded service', () => {
    it('accepts a group with its address, which is all that readiness needs', () => {
      const [put] = groups('create', 'PUT')
      const observation = observe(put)
      expect(observation).toMatchObject({ phase: 'pending', containers: {}, failure: undefined })
      expect(observation.addresses).toEqual([
        { host: '13.83.249.21', port: 8000, containerPort: 8000, protocol: 'tcp', exposure: 'public' },
        { host: '13.83.249.21', port: 8001, containerPort: 8001, protocol: 'tcp', exposure: 'public' },
      ])
      expect(observation.evidence).toEqual([
        { kind: 'sighting', mark: 'addressed', latest: RECEIVED_AT, source: 'group' },
      ])
    })

    it('stamps the order to a tenth of a microsecond, by the front end', () => {
      const [operation] = operations('create')
      const { startTime } = JSON.parse(operation?.text ?? '{}') as Operation
      expect(orderStamp(startTime)).toEqual([
        {
          kind: 'stamp',
          mark: 'accepted',
          source: 'operation startTime',
          timeInMicros: Date.parse('2019-10-21T11:42:57Z') * 1_000 + 236_915,
          resolutionInMicros: 1,
          machine: 'front-end',
        },
      ])
    })

    it('stamps every step of a start, by the node, in whole seconds', () => {
      const [running] = groups('create')
      const observation = observe(running)
      expect(observation.phase).toBe('placed')
      expect(Object.values(observation.containers)).toEqual([{ state: 'running', restartCount: 0 }])
      const stamps = observation.evidence.flatMap((each) => (each.kind === 'stamp' ? [each] : []))
      const seconds = (mark: string) =>
        stamps
          .filter((stamp) => stamp.mark === mark)
          .map(({ timeInMicros, source, side, resolutionInMicros }) => [
            new Date(timeInMicros / 1_000).toISOString().slice(17, 19),
            source,
            side ?? 'both',
            resolutionInMicros,
          ])
      expect(seconds('pull-started')).toEqual([['03', 'event Pulling', 'both', 1_000_000]])
      expect(seconds('pull-ended')).toEqual([['05', 'event Pulled', 'both', 1_000_000]])
      expect(seconds('created')).toEqual([['05', 'event Created', 'both', 1_000_000]])
      expect(seconds('started')).toEqual([
        ['06', 'event Started', 'upper', 1_000_000],
        ['06', 'state startTime', 'both', 1_000_000],
      ])
    })

    it('lists a group without the states of its containers', () => {
      const list = of('create').find(({ url }) => url.includes('/containerGroups?'))
      const { value } = JSON.parse(list?.text ?? '{}') as { readonly value: readonly ContainerGroup[] }
      expect(value).toHaveLength(1)
      const [group] = value
      if (group === undefined) throw new Error('the list is empty')
      const observation = mapAciState({ ref: 'r', group, receivedAt: RECEIVED_AT, source: 'list' })
      expect(observation).toMatchObject({ phase: 'placed', containers: {}, events: [] })
      expect(observation.addresses).toHaveLength(2)
    })

    it('has a container wait between two crashes, with how it ended, and only the upper side of what came twice', () => {
      const [crashing] = groups('create-msi')
      const observation = observe(crashing)
      expect(observation.phase).toBe('placed')
      expect(observation.failure).toBeUndefined()
      expect(Object.values(observation.containers)).toEqual([
        {
          state: 'waiting',
          reason: 'CrashLoopBackOff: Back-off 10s restarting failed',
          restartCount: 1,
          lastTermination: {
            exitCode: 0,
            reason: 'Completed',
            startedAt: new Date('2018-10-09T21:49:22Z'),
            finishedAt: new Date('2018-10-09T21:49:22Z'),
          },
        },
      ])
      const stamps = observation.evidence.filter(({ kind }) => kind === 'stamp')
      expect(stamps.map((stamp) => (stamp.kind === 'stamp' ? stamp.side : undefined))).toEqual(
        stamps.map(() => 'upper'),
      )
      expect(observation.events.map(({ name, count, severity }) => [name, count, severity])).toContainEqual([
        'BackOff',
        2,
        'warning',
      ])
    })

    it('calls a group succeeded that it will start again: its policy tells, not its state', () => {
      const between = groups('create-msi').at(-1)
      expect(parse(between).properties.instanceView?.state).toBe('Succeeded')
      const observation = observe(between)
      expect(observation.phase).toBe('placed')
      expect(observation.evidence.map(({ mark }) => mark)).not.toContain('exited')
      expect(Object.values(observation.containers)[0]).toMatchObject({
        state: 'terminated',
        termination: { exitCode: 0, reason: 'Completed' },
      })
    })

    it('is placed while it is being created, before any event', () => {
      const [creating] = groups('create-with-msi-scope')
      expect(parse(creating).properties.provisioningState).toBe('Creating')
      expect(observe(creating)).toMatchObject({ phase: 'placed', containers: {} })
    })

    it('has no address where no port was asked for', () => {
      const [running] = groups('git-repo-volume-mount')
      expect(observe(running)).toMatchObject({ phase: 'placed', addresses: [] })
    })

    it('refuses what it cannot find, in its own words', () => {
      const refused = of('create-with-vnet').find(({ status }) => status === 400)
      const error = mapAciError(errorOf(refused), { ref: 'web-1' })
      expect(error).toMatchObject({
        code: 'invalid-spec',
        retryable: false,
        outcomeUnknown: false,
        message: expect.stringMatching(
          /^web-1: Network profile .* is not found .*\(NetworkProfileNotFound\)$/,
        ) as string,
      })
    })

    it('is understood in every answer', () => {
      const seen = { groups: 0, events: 0, errors: 0 }
      for (const exchanges of recordings.values()) {
        for (const exchange of exchanges) {
          if (exchange.status >= 400) {
            const error = errorOf(exchange)
            expect(error.code, exchange.text).toBeTruthy()
            expect(mapAciError(error)).toMatchObject({ name: 'BerthError' })
            seen.errors += 1
          } else if (GROUP.test(exchange.url)) {
            const { events, containers } = observe(exchange)
            for (const event of events) {
              expect(event.time, event.name).toBeInstanceOf(Date)
              expect(event.message).not.toBe('')
            }
            for (const container of Object.values(containers)) expect(container.state).not.toBe('unknown')
            seen.groups += 1
            seen.events += events.length
          }
        }
        for (const { text } of exchanges.filter(
          ({ url }) => url.includes('ContainerInstance') && url.includes('/operations/'),
        )) {
          const { status, startTime, properties } = JSON.parse(text) as Operation
          expect(status).toBe('Succeeded')
          expect(parseServiceTime(startTime)?.resolutionInMicros).toBe(1)
          for (const event of properties?.events ?? [])
            expect(parseServiceTime(event.firstTimestamp)).toBeDefined()
        }
      }
      expect(seen.groups).toBeGreaterThan(12)
      expect(seen.events).toBeGreaterThan(30)
      expect(seen.errors).toBeGreaterThan(0)
    })
  })
}

function parse(exchange: Exchange | undefined): ContainerGroup {
  return JSON.parse(exchange?.text ?? '{}') as ContainerGroup
}

function observe(exchange: Exchange | undefined) {
  return mapAciState({ ref: 'r', group: parse(exchange), receivedAt: RECEIVED_AT, source: 'group' })
}

function errorOf(exchange: Exchange | undefined) {
  if (exchange === undefined) throw new Error('there is no such exchange')
  return readArmError(exchange)
}
