import { expect, it } from 'vitest'
import { plan, refusal } from '../../test/spec/problems-of.ts'
import { refuses } from '../../test/spec/refuses.ts'
import { bareData, boardsData, engineData, groupsData, tasksData } from '../../test/types/invented-clouds.ts'
import { secret, secretRef } from '../secrets/secret.ts'

const other = (cloud: string, field: string) =>
  `${cloud} does not support ${field}; leave it out, or run on a cloud that has it`

refuses(
  'what a bare cloud lacks',
  [
    [{ sidecars: {} }, 'sidecars', other('bare', 'sidecars')],
    [{ initContainers: {} }, 'initContainers', other('bare', 'initContainers')],
    [{ health: {} }, 'health', other('bare', 'health')],
    [{ files: {} }, 'files', other('bare', 'files')],
    [{ volumes: {} }, 'volumes', other('bare', 'volumes')],
    [{ mounts: [] }, 'mounts', other('bare', 'mounts')],
    [{ user: 'app' }, 'user', other('bare', 'user')],
    [{ registry: {} }, 'registry', other('bare', 'registry')],
    [{ gpu: {} }, 'gpu', other('bare', 'gpu')],
    [{ spot: false }, 'spot', other('bare', 'spot')],
    [{ regions: [] }, 'regions', other('bare', 'regions')],
    [{ architecture: 'amd64' }, 'architecture', other('bare', 'architecture')],
    [
      { ports: [80, { port: 81, publish: 82 }] },
      'ports[1].publish',
      'bare does not support publish: its ports cannot be given a number outside; leave it out and read run.address()',
    ],
    [
      { env: { A: secretRef('a') } },
      'env.A',
      'bare does not support secretRef: it has no store of secrets; use secret() with a value or a function that gets it',
    ],
  ],
  bareData,
)

refuses(
  'the same in sidecars',
  [[{ sidecars: { a: { image: 'a', user: 'app' } } }, 'sidecars.a.user', other('groups', 'user')]],
  groupsData,
)

refuses(
  'values that this cloud lacks',
  [
    [{ restart: 'always' }, 'restart', "tasks does not support 'always'; it supports 'never'"],
    [{ expose: 'local' }, 'expose', "tasks does not support 'local'; it supports 'private', 'public'"],
    [
      { volumes: { a: { kind: 'ebs' } } },
      'volumes.a.kind',
      "tasks does not support 'ebs'; it supports 'empty', 'efs'",
    ],
  ],
  tasksData,
)

refuses('values that no cloud has', [
  [{ restart: 'no' }, 'restart', "'no' is none of 'never', 'on-failure', 'always'; did you mean 'never'?"],
  [
    { restart: 'onfailure' },
    'restart',
    "'onfailure' is none of 'never', 'on-failure', 'always'; did you mean 'on-failure'?",
  ],
  [{ architecture: 'x86_64' }, 'architecture', "'x86_64' is none of 'amd64', 'arm64'; did you mean 'amd64'?"],
  [{ architecture: ['amd64'] }, 'architecture', "an array is none of 'amd64', 'arm64'"],
  [{ expose: 'publik' }, 'expose', "'publik' is none of 'local', 'public'; did you mean 'public'?"],
  [
    { volumes: { a: { kind: 'bind' } } },
    'volumes.a.kind',
    "'bind' is none of 'empty', 'named', 'host'; did you mean 'host'?",
  ],
])

refuses(
  'secret files where all would see them',
  [
    [
      { files: { '/a': secret('swordfish') } },
      'files["/a"]',
      'engine does not support secret files: everybody who may read the run could read it; hand the secret over in env',
    ],
  ],
  { ...engineData, files: { secret: false, maxBytes: 100 } },
)

it('is `unsupported` only where another cloud would do', async () => {
  expect((await refusal({ image: 'a', architecture: 'arm64' }, groupsData)).code).toBe('unsupported')
  expect((await refusal({ image: 'a', architecture: 'vax' }, groupsData)).code).toBe('invalid-spec')
  expect((await refusal({ image: 'a', gpu: { count: 1 }, cpu: -1 }, boardsData)).code).toBe('invalid-spec')
})

it('takes undefined for left out', async () => {
  await expect(plan({ image: 'a', gpu: undefined, spot: undefined })).resolves.toBeDefined()
})
