import { keepOutOfText } from './redact.ts'

/** What every rendering of a secret shows. */
export const REDACTED = '[secret]'
const INSPECT = Symbol.for('nodejs.util.inspect.custom')
const SECRET = Symbol.for('berth.secret')
const SECRET_REF = Symbol.for('berth.secret-ref')

/** A value that shows itself nowhere: not in strings, JSON, `console.log`, errors or reports of ours. Made by `secret()`. */
export interface Secret {
  readonly [SECRET]: () => Promise<string>
  toString(): string
  toJSON(): string
}

/** The name of a secret in the cloud's own store; its value never passes through this process. Made by `secretRef()`. */
export interface SecretRef {
  readonly [SECRET_REF]: true
  readonly reference: string
}

/**
 * Marks a value as secret. It goes only to the cloud's own field for secrets.
 *
 * @param value the value, or a function that gets it just before the run is created (called once, its result kept while the secret lives)
 */
export function secret(value: string | (() => string | Promise<string>)): Secret {
  let revealed: Promise<string> | undefined
  if (typeof value === 'string') keepOutOfText(value)
  const reveal = (): Promise<string> => {
    revealed ??= Promise.resolve(typeof value === 'function' ? value() : value).then((text) => {
      if (typeof text !== 'string') throw new TypeError('secret(): the function must give a string')
      keepOutOfText(text)
      return text
    })
    // A failed look-up may be tried again.
    revealed.catch(() => {
      revealed = undefined
    })
    return revealed
  }
  const shown = () => REDACTED
  const object = { toString: shown, toJSON: shown }
  Object.defineProperty(object, SECRET, { value: reveal })
  Object.defineProperty(object, INSPECT, { value: shown })
  return Object.freeze(object) as unknown as Secret
}

/** Names a secret of the cloud's own store (an ARN, a Key Vault URL, `name/key` of a Kubernetes Secret). Needs the capability `secretRef`. */
export function secretRef(reference: string): SecretRef {
  return Object.freeze({ [SECRET_REF]: true as const, reference })
}

/** Whether a value was made by `secret()`. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && SECRET in value
}

/** Whether a value was made by `secretRef()`. */
export function isSecretRef(value: unknown): value is SecretRef {
  return typeof value === 'object' && value !== null && SECRET_REF in value
}

/** Whether a value stands for a secret, by its value or by its name: it is no plain data, and nothing looks into it. */
export function isSecretOrRef(value: unknown): value is Secret | SecretRef {
  return typeof value === 'object' && value !== null && (SECRET in value || SECRET_REF in value)
}

/** The secret's text, for an adapter that is about to hand it to the cloud's own field for secrets. */
export function reveal(value: Secret): Promise<string> {
  return value[SECRET]()
}
