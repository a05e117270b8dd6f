import type { Adapter, CallContext, Renewed } from '@berth/core'
import { checkProcess } from './check-process.ts'
import { copyProcessFileOut, copyProcessFilesIn } from './copy-process-files.ts'
import { createProcessGroup } from './create-process-group.ts'
import { dialProcessPort } from './dial-process-port.ts'
import { foundGroup } from './found-group.ts'
import { mapProcessError } from './map-process-error.ts'
import { goneObservation, observeGroup } from './map-process-state.ts'
import { openProcessSession } from './open-process-session.ts'
import { processRates } from './process-rates.ts'
import { type GroupSnapshot, type ProcessRunner, processRunner, RunnerError } from './runner/index.ts'
import { streamProcessLogs } from './stream-process-logs.ts'
import { validateForProcess } from './validate-for-process.ts'
import { watchProcessGroups } from './watch-process-groups.ts'

/** Where the child processes are kept. */
export interface ProcessOptions {
  /**
   * The directory that holds every group's record, files and log; all processes that use the same one see the same runs. Default:
   * `$XDG_RUNTIME_DIR/berth-process-<uid>`, else the same in the temporary directory.
   */
  readonly directory?: string | undefined
}

/** The verbs of the contract, on the runner's groups. */
export function connectProcess(options: ProcessOptions): Adapter {
  const runner = processRunner(options)
  return {
    // The supervisor reads the same wall clock as this process; its own start fixes it to within a few milliseconds.
    clocks: { host: { skewInMs: 5, against: 'client' } },
    // A renewal is a small file written; a create is complete when it answers.
    lease: { lengthInMs: 120_000, settleInMs: 1_000 },
    check: () => checkProcess(runner),
    validate: validateForProcess,
    create: (plan, context) => mapped('create', context, () => createProcessGroup(runner, plan, context)),
    poll: (refs, context) =>
      mapped('poll', context, () =>
        Promise.all(
          refs.map(async (ref) => {
            const group = await runner.get(ref)
            return group ? observeGroup(group, performance.now()) : goneObservation(ref)
          }),
        ),
      ),
    watch: (context) => watchProcessGroups(runner, context),
    async *find({ ref, name, tokenHash }, context) {
      const wanted = ref ?? name
      const groups = await mapped('find', context, async () =>
        wanted === undefined ? await runner.list() : [await runner.get(wanted)],
      )
      for (const group of groups) {
        const found = group && foundGroup(group)
        if (found && (tokenHash === undefined || found.tags['berth-token'] === tokenHash)) yield found
      }
    },
    renew: (renewals, context) =>
      mapped('renew', context, async () => {
        const outcomes: Renewed[] = []
        for (const { ref, expiresAt, owner, lifetime } of renewals) {
          const patch: Record<string, string> = {
            'berth-expires': expiresAt === null ? 'never' : String(Math.ceil(expiresAt.getTime() / 1_000)),
          }
          if (owner !== undefined) patch['berth-owner'] = owner
          if (lifetime !== undefined) patch['berth-lifetime'] = lifetime
          outcomes.push({
            ref,
            outcome: (await ifPresent(() => runner.label(ref, patch))) ? 'renewed' : 'gone',
          })
        }
        return outcomes
      }),
    stop: (ref, { graceInMs }, context) =>
      mapped('stop', context, async () => {
        await ifPresent(() => runner.stop(ref, { graceInMs, signal: context.signal }))
      }),
    remove: (ref, context) =>
      mapped('remove', context, async () => {
        await runner.remove(ref, { signal: context.signal })
      }),
    rates: processRates,
    logs: (ref, query, context) => streamProcessLogs(runner, ref, query, context),
    exec: (ref, command, execOptions, context) =>
      mapped('exec', context, () => openProcessSession(runner, ref, command, execOptions, context)),
    portForward: (ref, port, context) =>
      mapped('portForward', context, async () => dialProcessPort(await present(runner, ref), port, context)),
    copyIn: (ref, path, tar, { container }, context) =>
      mapped('copyIn', context, async () =>
        copyProcessFilesIn(await present(runner, ref), container, path, tar),
      ),
    copyOut: (ref, path, { container }, context) =>
      mapped('copyOut', context, async () => copyProcessFileOut(await present(runner, ref), container, path)),
    restart: (ref, { graceInMs }, context) =>
      mapped('restart', context, async () => {
        await runner.restart(ref, { graceInMs, signal: context.signal })
      }),
    close: async () => {},
  }
}

async function mapped<T>(verb: string, { signal }: CallContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw mapProcessError(error, verb, signal)
  }
}

/** False where the run was not there. */
async function ifPresent(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!RunnerError.isInstance(error) || error.code !== 'not-found') throw error
    return false
  }
}

async function present(runner: ProcessRunner, ref: string): Promise<GroupSnapshot> {
  const group = await runner.get(ref)
  if (group) return group
  throw new RunnerError('not-found', `there is no run ${ref}; 'berth ps' lists those there are`)
}
