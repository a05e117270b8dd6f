import { PassThrough, Readable } from 'node:stream'
import type { Adapter, Observation, Session, WatchMessage } from '@berth/core'
import type { ChapterName } from '../../src/index.ts'

/** One way in which an adapter can be wrong, and the promises that must catch it. */
export interface Sabotage {
  readonly what: string
  readonly chapter: ChapterName
  /** How the names of tests begin that must fail because of it, and pass without it. */
  readonly caughtBy: readonly string[]
  /** Whether one of them is enough: for a mistake that shows by the moment at which it is made. Default: all must. */
  readonly oneIsEnough?: boolean
  sabotage(adapter: Adapter): Adapter
}

const NEVER_ABORTED = new AbortController().signal

/**
 * Mistakes that real adapters have been seen to make.
 *
 * @param waitingPage a port of this machine where something else answers everything with 200
 */
export const sabotages = (waitingPage: number): readonly Sabotage[] => [
  {
    what: 'abandons what it makes when it is aborted',
    chapter: 'cancellation',
    caughtBy: ['run() aborted after', 'ten runs aborted at once', 'nothing is left on the cloud'],
    oneIsEnough: true,
    sabotage: (adapter) => ({
      ...adapter,
      create: (plan, context) =>
        Promise.race([
          adapter.create(plan, { ...context, signal: NEVER_ABORTED }),
          rejectedBy(context.signal),
        ]),
    }),
  },
  {
    what: 'throws an error of its own when it is aborted, and hides what it made',
    chapter: 'cancellation',
    caughtBy: ['run() aborted after'],
    oneIsEnough: true,
    sabotage: (adapter) => {
      const hidden = new Set<string>()
      return {
        ...adapter,
        create: async (plan, context) => {
          const created = await adapter.create(plan, { ...context, signal: NEVER_ABORTED })
          if (context.signal.aborted) hidden.add(created.ref)
          context.signal.throwIfAborted()
          return created
        },
        find: async function* (query, context) {
          for await (const found of adapter.find(query, context)) if (!hidden.has(found.ref)) yield found
        },
      }
    },
  },
  {
    what: 'takes a failed command for one that ended well',
    chapter: 'exec',
    caughtBy: ['gives a nonzero exit code as a result', 'throws for a command that cannot start'],
    sabotage: (adapter) => ({
      ...adapter,
      exec: async (...call) => {
        try {
          const session = await adapter.exec?.(...call)
          return session === undefined ? silentSession() : endingWell(session)
        } catch {
          return silentSession()
        }
      },
    }),
  },
  {
    what: 'says that it has removed what it has not',
    chapter: 'disposal',
    caughtBy: ['leaving an await using scope removes', 'an error thrown in the scope'],
    sabotage: (adapter) => ({ ...adapter, remove: async () => {} }),
  },
  {
    what: 'says so before it is true',
    chapter: 'disposal',
    caughtBy: ['leaving an await using scope removes', 'an error thrown in the scope'],
    sabotage: (adapter) => ({
      ...adapter,
      remove: async (ref) => {
        setTimeout(
          () =>
            void adapter.remove(ref, {
              signal: NEVER_ABORTED,
              date: () => {},
              emulated: () => {},
              pace: async () => {},
            }),
          300,
        )
      },
    }),
  },
  {
    what: 'says that a container runs before it does',
    chapter: 'groups',
    caughtBy: ['a run counts as started only when'],
    sabotage: (adapter) =>
      observedAs(adapter, (observation) => ({
        ...observation,
        containers: { ...observation.containers, main: { state: 'running', restartCount: 0 } },
      })),
  },
  {
    what: 'gives the address of something else that answers already',
    chapter: 'readiness',
    caughtBy: ['http: when it answers with an expected status', 'tcp: when the port takes a connection'],
    sabotage: (adapter) =>
      observedAs(adapter, (observation) => ({
        ...observation,
        addresses: observation.addresses.map((address) => ({ ...address, port: waitingPage })),
      })),
  },
  {
    what: 'loses the last line of a log',
    chapter: 'logs',
    caughtBy: ['are complete once the container has ended', 'follow: every line as it comes'],
    sabotage: (adapter) => ({
      ...adapter,
      logs: async function* (...call) {
        const lines = adapter.logs?.(...call)[Symbol.asyncIterator]()
        let held = await lines?.next()
        for (let next = await lines?.next(); next && !next.done; next = await lines?.next()) {
          if (held && !held.done) yield held.value
          held = next
        }
      },
    }),
  },
  {
    what: 'forgets to renew',
    chapter: 'disposal',
    caughtBy: [
      'renew() moves the end of a lease',
      'handOver() gives it another lifetime',
      'a living owner renews',
    ],
    sabotage: (adapter) => ({
      ...adapter,
      renew: async (renewals) => renewals.map(({ ref }) => ({ ref, outcome: 'renewed' })),
    }),
  },
  {
    what: 'starts anew whatever the token',
    chapter: 'idempotency',
    caughtBy: ['the same token and spec give the same run', 'from another process too'],
    sabotage: (adapter) => ({
      ...adapter,
      create: (plan, context) => {
        const name = `${plan.name.slice(0, 40)}-${Math.random().toString(36).slice(2, 9)}`
        return adapter.create({ ...plan, name, tags: { ...plan.tags, 'berth-run': name } }, context)
      },
    }),
  },
]

/** Changes everything that an adapter says of a run's state. */
function observedAs(adapter: Adapter, change: (observation: Observation) => Observation): Adapter {
  const inMessage = (message: WatchMessage): WatchMessage => {
    if (message.kind === 'observation') return { ...message, observation: alive(message.observation) }
    return message.kind === 'resync' ? { ...message, observations: message.observations.map(alive) } : message
  }
  const alive = (observation: Observation) =>
    observation.phase === 'placed' || observation.phase === 'pending' ? change(observation) : observation
  return {
    ...adapter,
    create: async (plan, context) => {
      const created = await adapter.create(plan, context)
      return { ...created, observation: created.observation && alive(created.observation) }
    },
    poll: async (refs, context) => ((await adapter.poll?.(refs, context)) ?? []).map(alive),
    watch: async function* (context) {
      for await (const message of adapter.watch?.(context) ?? []) yield inMessage(message)
    },
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** A session as an adapter has it that did not look whether the command could start. */
function silentSession(): Session {
  return {
    stdin: new PassThrough().resume(),
    stdout: Readable.from([]),
    stderr: Readable.from([]),
    exited: Promise.resolve({ exitCode: 0 }),
    resize: async () => {},
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

function endingWell(session: Session): Session {
  return {
    stdin: session.stdin,
    stdout: session.stdout,
    stderr: session.stderr,
    exited: session.exited.then(
      () => ({ exitCode: 0 }),
      () => ({ exitCode: 0 }),
    ),
    resize: (size) => session.resize(size),
    close: () => session.close(),
    [Symbol.asyncDispose]: () => session.close(),
  }
}
