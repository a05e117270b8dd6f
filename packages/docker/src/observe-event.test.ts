import { expect, it } from 'vitest'
import { type DockerHost, dockerHost } from './docker-host.ts'
import { createEngineClient, type EngineEvent } from './engine/index.ts'
import { takeEarly } from './observe-event.ts'

function hostThatMakes(ref: string, asked: Promise<void> | undefined): DockerHost {
  const host = dockerHost(createEngineClient(), undefined)
  host.creating.set(ref, { events: [], evidence: [], asked })
  return host
}

function event(action: string, more: Readonly<Record<string, string>> = {}): EngineEvent {
  const attributes = { 'berth-run': 'web-1', 'berth-container': 'main', ...more }
  return { type: 'container', action, id: 'c1', attributes, timeMicros: 1_000_000, timeNano: '1000000000' }
}

it('keeps the events on a run that is being made, and none of another', () => {
  const host = hostThatMakes('web-1', undefined)
  expect([takeEarly(host, event('create')), takeEarly(host, event('start'))]).toEqual([true, true])
  expect(takeEarly(host, event('start', { 'berth-run': 'other' }))).toBe(false)
  const early = host.creating.get('web-1')
  expect(early?.events.map(({ name }) => name)).toEqual(['create', 'start'])
  expect(early?.evidence.map(({ mark }) => mark)).toEqual(['created', 'started'])
})

it('takes the start itself even once the first state is asked for, but no other that follows', () => {
  const host = hostThatMakes('web-1', Promise.resolve())
  expect(takeEarly(host, event('start'))).toBe(true)
  expect(takeEarly(host, event('start', { 'berth-container': 'proxy' }))).toBe(true)
  expect(takeEarly(host, event('start'))).toBe(false)
  expect(takeEarly(host, event('die'))).toBe(false)
})

it('passes over what holds the network of a group', () => {
  const host = hostThatMakes('web-1', undefined)
  expect(takeEarly(host, event('start', { 'berth-role': 'network' }))).toBe(true)
  expect(host.creating.get('web-1')?.events).toEqual([])
})
