import { expectTypeOf } from 'vitest'
import { type ContainerSpec, containerSpec, secret } from '../../src/index.ts'
import { bare, engine, groups, tasks } from './invented-clouds.ts'
import { race } from './race.ts'

const plain = containerSpec({ image: 'nginx', ports: [80] })
const gpu = containerSpec({ image: 'cuda', gpu: { count: 1 } })
const rich = containerSpec({
  image: 'nginx',
  restart: 'always',
  health: { probe: { kind: 'tcp' } },
  env: { A: secret('b') },
  volumes: { data: { kind: 'empty' } },
  mounts: [{ volume: 'data', path: '/data' }],
})

// It fits where all that it asks for is there.
void engine.run(plain)
void bare.run(plain)
void groups.run(gpu)
void engine.run(rich)
void groups.run(rich)
void race([engine, groups], rich)
void engine.run({ ...plain, user: 'app' })

// @ts-expect-error engine does not support gpu
void engine.run(gpu)
// @ts-expect-error bare does not support health
void bare.run(rich)
// @ts-expect-error tasks does not restart
void tasks.run(rich)
// @ts-expect-error engine does not support gpu
void race([engine, groups], gpu)
// @ts-expect-error what is added is checked as well
void bare.run({ ...plain, user: 'app' })

// A choice between two is either of them.
declare const large: boolean
void groups.run(large ? gpu : plain)
void engine.run(large ? rich : plain)
// @ts-expect-error one of them asks for a gpu
void engine.run(large ? plain : gpu)
// @ts-expect-error one of them asks for a gpu
void engine.run(large ? gpu : plain)

// What no spec has is refused where it stands.
void containerSpec({
  image: 'nginx',
  // @ts-expect-error a container spec has no imgae
  imgae: 'x',
})
void containerSpec({
  image: 'nginx',
  // @ts-expect-error no cloud has this architecture
  architecture: 'vax',
})
// @ts-expect-error the image is missing
void containerSpec({ ports: [80] })

// Literals stay literals, and satisfies does the same without a call.
expectTypeOf(rich.restart).toEqualTypeOf<'always'>()
const satisfied = { image: 'nginx', restart: 'always' } as const satisfies ContainerSpec
void engine.run(satisfied)
// @ts-expect-error tasks does not restart
void tasks.run(satisfied)

// A plain annotation forgets what was asked, and fits no limited provider.
const annotated: ContainerSpec = { image: 'nginx' }
// @ts-expect-error it might ask for anything
void engine.run(annotated)
