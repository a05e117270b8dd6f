import { withDeadline } from '../call/deadline.ts'
import { NEVER_ABORTED } from '../call/never-aborted.ts'
import type { AllRunFeatures, MethodCapability } from '../contract/container-run.ts'
import { durationInMs } from '../contract/duration.ts'
import { collectExec } from './collect-exec.ts'
import { copyIn, copyOut } from './copy-files.ts'
import { openSession, shownCommand, unwatched } from './open-session.ts'
import { openTunnel } from './open-tunnel.ts'
import type { RunHandle } from './run-handle.ts'
import type { RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'
import { streamLogs } from './stream-logs.ts'

/** Which capability brings which method; a method whose capability is absent is not put on the handle. */
const CAPABILITY_OF: MethodCapability = {
  logs: 'logs',
  exec: 'exec',
  openExec: 'exec',
  attach: 'attach',
  portForward: 'portForward',
  copyIn: 'copy',
  copyOut: 'copy',
  restart: 'restartRun',
  metrics: 'metrics',
}

/** Puts the methods of its cloud on a handle. */
export function addRunMethods(run: RunHandle, record: RunRecord, services: RunServices): RunHandle {
  const methods = allMethods(run, record, services)
  for (const [name, capability] of Object.entries(CAPABILITY_OF)) {
    if (services.capabilities[capability as keyof typeof services.capabilities] === undefined) continue
    Object.defineProperty(run, name, { value: methods[name as keyof MethodCapability] })
  }
  return run
}

function allMethods(run: RunHandle, record: RunRecord, services: RunServices): AllRunFeatures {
  const { ref } = run
  const { adapter, caller } = services
  return {
    logs: ({ signal, ...query } = {}) => streamLogs(ref, services, query, signal ?? NEVER_ABORTED),
    exec: (command, options = {}) =>
      withDeadline(
        options,
        () => `${run.id}: ${shownCommand(command)} did not end in time and its connection was closed`,
        async (signal) =>
          collectExec(await openSession(ref, services, command, options, signal), options.stdin, signal),
      ),
    openExec: (command, options = {}) =>
      openSession(ref, services, command, options, options.signal ?? NEVER_ABORTED),
    attach: async ({ container, signal } = {}) => {
      const options = { container, stdin: services.capabilities.attach?.stdin ?? false }
      const attach = present(adapter.attach).bind(adapter)
      return unwatched(
        await caller.call('attach', (context) => attach(ref, options, context), signal ?? NEVER_ABORTED),
      )
    },
    portForward: (containerPort, { localPort, signal } = {}) =>
      openTunnel(ref, services, containerPort, localPort ?? 0, signal ?? NEVER_ABORTED),
    copyIn: (files, { container, signal } = {}) =>
      copyIn(ref, services, files, container, signal ?? NEVER_ABORTED),
    copyOut: (path, { container, signal } = {}) =>
      copyOut(ref, services, path, container, signal ?? NEVER_ABORTED),
    restart: async ({ grace, signal } = {}) => {
      const graceInMs = grace === undefined ? record.facts.stopGraceInMs : durationInMs(grace, 'grace')
      const restart = present(adapter.restart).bind(adapter)
      record.beginAgain()
      await caller.call('restart', (context) => restart(ref, { graceInMs }, context), signal ?? NEVER_ABORTED)
      await run.refresh({ signal })
    },
    metrics: ({ signal } = {}) =>
      caller.call(
        'metrics',
        (context) => present(adapter.metrics).call(adapter, ref, context),
        signal ?? NEVER_ABORTED,
      ),
  }
}

/** A verb that the adapter's capabilities promise. */
function present<T>(verb: T | undefined): T {
  if (verb === undefined) throw new TypeError('the adapter declares a capability whose verb it does not have')
  return verb
}
