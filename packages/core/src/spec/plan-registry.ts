import type { RegistryCredentials } from '../contract/container-spec.ts'
import { isSecret } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/** The credentials for an image's registry. No message shows a password. */
export function planRegistry(field: Field): RegistryCredentials | undefined {
  if (!field.mustBeObject("{ username: 'me', password: secret('…') }")) return undefined
  const username = field.at('username').filledText('the name to log in with')
  const password = field.at('password')
  const server = field.read('server', readServer)
  if (!isSecret(password.value)) {
    return password.refuse('must be marked as a secret, so that nothing shows it; write secret(…) around it')
  }
  return username === undefined ? undefined : { username, password: password.value, server }
}

function readServer(field: Field): string | undefined {
  const server = field.filledText("the registry's host, such as 'registry.example:5000'")
  if (server === undefined || /^[^\s/]+$/.test(server)) return server
  const host = server.replace(/^[a-z]+:\/\//i, '').replace(/[\s/].*$/s, '')
  return field.refuse(
    `${field.shown} is no registry; write its host, without scheme or path${host === '' ? '' : `; did you mean '${host}'?`}`,
  )
}
