import type { HttpProbe, Probe } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'
import { splitWords } from './split-words.ts'

const FORMS =
  'http:/path, http:8080/path, https:/path, tcp, tcp:5432, log:TEXT, exec:COMMAND, health, started, exited or exited:CODE'

/** What `--ready` says, as a probe. Throws UsageError. */
export function parseProbe(text: string): Probe {
  const colon = text.indexOf(':')
  const kind = colon < 0 ? text : text.slice(0, colon)
  const rest = colon < 0 ? '' : text.slice(colon + 1)
  switch (kind) {
    case 'http':
    case 'https':
      return httpProbe(kind, rest, text)
    case 'tcp':
      return { kind: 'tcp', ...(rest !== '' && { port: wholeNumber(rest, text) }) }
    case 'log':
      if (rest === '') throw refuse(text, 'name the text that a line of the log contains: log:listening')
      return { kind: 'log', pattern: rest }
    case 'exec':
      return { kind: 'exec', command: commandOf(rest, text) }
    case 'exited':
      return { kind: 'exited', ...(rest !== '' && { exitCode: wholeNumber(rest, text) }) }
    case 'health':
    case 'started':
      if (rest !== '') throw refuse(text, `${kind} takes nothing more`)
      return { kind }
    default:
      throw refuse(text, `write ${FORMS}`)
  }
}

/** A probe in the words of `--ready`, for tables and reports. */
export function formatProbe(probe: Probe): string {
  switch (probe.kind) {
    case 'http':
      return `${probe.scheme ?? 'http'}:${probe.port ?? ''}${probe.path}`
    case 'tcp':
      return probe.port === undefined ? 'tcp' : `tcp:${probe.port}`
    case 'log':
      return `log:${String(probe.pattern)}`
    case 'exec':
      return `exec:${probe.command.join(' ')}`
    case 'exited':
      return probe.exitCode === undefined ? 'exited' : `exited:${probe.exitCode}`
    case 'all':
    case 'any':
      return `${probe.kind}(${probe.probes.map(formatProbe).join(', ')})`
    default:
      return probe.kind
  }
}

function httpProbe(scheme: 'http' | 'https', rest: string, text: string): HttpProbe {
  const match = /^(\d*)(\/.*)?$/.exec(rest)
  if (match === null)
    throw refuse(text, `write ${scheme}:/path, with the container's port before it if it is not the first`)
  const [, port = '', path = '/'] = match
  return {
    kind: 'http',
    path,
    ...(port !== '' && { port: wholeNumber(port, text) }),
    ...(scheme === 'https' && { scheme }),
  }
}

function commandOf(rest: string, text: string): readonly string[] {
  const command = splitWords(rest)
  if (command.length === 0)
    throw refuse(text, "name the command: exec:pg_isready, exec:sh -c 'test -f /ready'")
  return command
}

function wholeNumber(digits: string, text: string): number {
  if (/^\d+$/.test(digits)) return Number(digits)
  throw refuse(text, `'${digits}' is no whole number`)
}

function refuse(text: string, advice: string): UsageError {
  return new UsageError(`--ready ${text}: ${advice}`)
}
