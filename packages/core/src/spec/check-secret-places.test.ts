import { expect, it } from 'vitest'
import { plan } from '../../test/spec/problems-of.ts'
import { refuses } from '../../test/spec/refuses.ts'
import { secret, secretRef } from '../secrets/secret.ts'

const password = secret('swordfish')
const misplaced =
  'a secret cannot stand here, where it would show; secrets may stand in values of env, contents of files, registry.password and options of volumes'
const misplacedReference = 'a secretRef cannot stand here; it may stand in values of env'

refuses('secrets where they would show', [
  [{ command: ['login', password] }, 'command[1]', misplaced],
  [{ args: [password] }, 'args[0]', misplaced],
  [{ labels: { key: password } }, 'labels.key', misplaced],
  [{ name: password }, 'name', misplaced],
  [{ user: password }, 'user', misplaced],
  [{ env: password }, 'env', misplaced],
  [{ registry: { username: password, password } }, 'registry.username', misplaced],
  [{ sidecars: { a: { image: 'a', command: [password] } } }, 'sidecars.a.command[0]', misplaced],
  [{ volumes: password }, 'volumes', misplaced],
  [{ ready: { kind: 'log', pattern: password } }, 'ready.pattern', misplaced],
  [{ labels: { key: secretRef('a') } }, 'labels.key', misplacedReference],
  [{ files: { '/a': secretRef('a') } }, 'files["/a"]', misplacedReference],
])

it('lets secrets stand where they are kept', async () => {
  const part = { image: 'a', env: { A: password }, files: { '/a': password, '/b': { content: password } } }
  await expect(
    plan({
      ...part,
      registry: { username: 'a', password },
      volumes: { data: { kind: 'named', options: { key: password } } },
      sidecars: { b: part },
      initContainers: { c: part },
      options: { engine: { anything: [password] } },
    }),
  ).resolves.toBeDefined()
})
