import type { AllExecCallOptions } from '../contract/container-run.ts'
import type { Session } from '../contract/session.ts'
import { BerthError } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import type { RunServices } from './run-services.ts'

/** Starts a command in a run's container. Not repeated after a lost answer: a command may not be run twice. */
export async function openSession(
  ref: string,
  services: RunServices,
  command: readonly string[],
  options: AllExecCallOptions,
  signal: AbortSignal,
): Promise<Session> {
  const { adapter, caller, capabilities, provider } = services
  if (adapter.exec === undefined || capabilities.exec === undefined) {
    throw new BerthError({ code: 'unsupported', message: `${provider} has no exec`, provider })
  }
  if (!Array.isArray(command) || command.length === 0 || command.some((word) => typeof word !== 'string')) {
    throw new TypeError(
      "exec: the command must be an array of strings with the program first, like ['ls', '-l']",
    )
  }
  for (const feature of ['tty', 'stdin'] as const) {
    if (options[feature] && !capabilities.exec[feature]) {
      throw new BerthError({
        code: 'unsupported',
        message: `${provider} has no exec with ${feature}`,
        provider,
      })
    }
  }
  if (options.user !== undefined && capabilities.exec.user === false) {
    throw new BerthError({
      code: 'unsupported',
      message: `${provider} has no exec as another user`,
      provider,
    })
  }
  const exec = adapter.exec.bind(adapter)
  const session = await caller.call(
    'exec',
    (context) =>
      exec(
        ref,
        command,
        {
          container: options.container,
          tty: options.tty ?? false,
          stdin: capabilities.exec?.stdin ?? false,
          env: options.env ?? {},
          workingDirectory: options.workingDirectory,
          user: options.user,
        },
        context,
      ),
    signal,
    { repeatUnknown: false },
  )
  return unwatched(session)
}

/** A session whose end nobody awaits: that it broke must not end the process. */
export function unwatched(session: Session): Session {
  session.exited.catch(() => {})
  return session
}

/** The command as a person would read it in a message. */
export function shownCommand(command: readonly string[]): string {
  return redact(command.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : JSON.stringify(word))).join(' '))
}
