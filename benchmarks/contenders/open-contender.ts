import type { Contender } from './contender.ts'

/** Each is loaded alone: a process measures one contender. */
const CONTENDERS = {
  floor: async () => (await import('./floor.ts')).floor(),
  berth: async () => (await import('./berth.ts')).berth(),
  'docker run + curl': async () => (await import('./docker-command.ts')).dockerCommand(),
  'testcontainers http': async () => (await import('./testcontainers.ts')).testcontainers('http'),
  'testcontainers ports': async () => (await import('./testcontainers.ts')).testcontainers('ports'),
} as const satisfies Record<string, () => Promise<Contender>>

export type ContenderName = keyof typeof CONTENDERS

const CONTENDER_NAMES = Object.keys(CONTENDERS) as readonly ContenderName[]

export function openContender(name: ContenderName): Promise<Contender> {
  return CONTENDERS[name]()
}

/** The contenders that were asked for; all of them where none was. @throws RangeError for a name that is none */
export function chooseContenders(only: readonly string[]): readonly ContenderName[] {
  const isKnown = (name: string): name is ContenderName => name in CONTENDERS
  for (const name of only) {
    if (!isKnown(name)) throw new RangeError(`--only ${name}: there are ${CONTENDER_NAMES.join(', ')}`)
  }
  return only.length === 0 ? CONTENDER_NAMES : only.filter(isKnown)
}
