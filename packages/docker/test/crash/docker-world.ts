import type { EngineClient } from '@berth/docker/engine'

/** One object on the engine, told without any of the code under test. */
export interface Thing {
  /** `container <id> <name>`, `volume <name>`, `network <name>`. */
  readonly what: string
  readonly labels: Readonly<Record<string, string>>
}

/** Whatever on the engine bears a name in its own name or its run's. */
export async function dockerWorld(engine: EngineClient, name: string): Promise<Thing[]> {
  const [containers, volumes, networks] = await Promise.all([
    engine.containers.list({ all: true }),
    engine.volumes.list(),
    engine.networks.list(),
  ])
  return [
    ...containers.map(({ Id, Names, Labels }) => ({
      what: `container ${Id.slice(0, 12)} ${Names[0] ?? ''}`,
      labels: Labels ?? {},
    })),
    ...volumes.map(({ Name, Labels }) => ({ what: `volume ${Name}`, labels: Labels ?? {} })),
    ...networks.map(({ Name, Labels }) => ({ what: `network ${Name}`, labels: Labels ?? {} })),
  ].filter(({ what, labels }) => what.includes(name) || labels['berth-run']?.includes(name))
}
