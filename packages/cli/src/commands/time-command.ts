import { arch, cpus, platform } from 'node:os'
import { relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ContainerSpec, Duration } from '@berth/core'
import type { ContainerFlags } from '../arguments/container-flags.ts'
import { parseDuration } from '../arguments/parse-duration.ts'
import { parseList } from '../arguments/parse-list.ts'
import { readSpec } from '../arguments/read-spec.ts'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { UsageError } from '../invocation/usage-error.ts'
import { formatEvidence } from '../output/format-error.ts'
import { paint } from '../output/paint.ts'
import { defaultProvider } from '../providers/default-provider.ts'
import type { OpenProvider } from '../providers/open-provider.ts'
import { readVersion } from '../read-version.ts'
import type { StartRecord } from '../report/start-record.ts'
import type { ReportMeta } from '../report/write-report.ts'
import { recordStart } from '../start/record-start.ts'
import { removeStarted, start } from '../start/start.ts'
import { type StartView, silentView, startView } from '../start/start-view.ts'

export interface TimeFlags extends Omit<ContainerFlags, 'name'> {
  readonly on: readonly string[]
  readonly timeout?: string | undefined
  readonly sequential?: true | undefined
  readonly report?: string | undefined
}

/** A success is asked again a few times for whether it lasts; a run removed meanwhile would look as if it had not. */
const STEADINESS_IN_MS = 300

interface Target {
  readonly on: OpenProvider
  readonly spec: ContainerSpec
}

/** `berth time`: one start on each named provider, side by side, and where its time went. */
export async function timeCommand(
  invocation: Invocation,
  image: string | undefined,
  args: readonly string[],
  flags: TimeFlags,
): Promise<number> {
  const { output, interruption } = invocation
  const timeout = flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout')
  const targets = await readTargets(invocation, image, args, flags)
  if (flags.report !== undefined) {
    const { checkReportPath } = await import('../report/write-report.ts')
    await checkReportPath(flags.report)
  }
  await connectAll(targets, invocation)
  const view = output.json ? silentView : await startView(output)
  const starts = await startAll(targets, flags, (target) => timeOne(target, timeout, view, invocation))
  view.end()
  interruption.signal.throwIfAborted()
  const meta = reportMeta()
  await show(starts, meta, invocation)
  if (flags.report !== undefined) {
    const { writeReport } = await import('../report/write-report.ts')
    const { html, json } = await writeReport(flags.report, starts, meta)
    output.note(`\nreport: ${relative('', html)}, its data: ${relative('', json)}`)
  }
  return starts.every(({ status }) => status === 'ready') ? EXIT_CODE.done : EXIT_CODE.failed
}

/** Each `--on` names a provider, and after a `=` an image of its own: one that it can run may be unknown to another. */
async function readTargets(
  { providers, output, interruption }: Invocation,
  image: string | undefined,
  args: readonly string[],
  flags: TimeFlags,
): Promise<readonly Target[]> {
  const wanted = parseList(flags.on)
  if (wanted.length === 0) {
    if (image === undefined)
      throw new UsageError('name the image: berth time nginx, or berth time --on docker=nginx')
    const spec = await readSpec(image, args, flags)
    return [{ on: await defaultProvider(providers, output, interruption.signal), spec }]
  }
  return await Promise.all(
    wanted.map(async (text) => {
      const [name = '', own] = text.split(/=(.*)/s, 2)
      const chosen = own || image
      if (chosen === undefined) {
        throw new UsageError(
          `--on ${text}: which image? Write --on ${name}=IMAGE, or name one for all: berth time IMAGE --on ${name}`,
        )
      }
      return { on: await providers.open(name), spec: await readSpec(chosen, args, flags) }
    }),
  )
}

/**
 * Has every provider load its SDK, sign in and connect before the first clock runs. A process does one thing at a time: what one start loads
 * would else stand in the figures of all the others, as seconds of clouds that nobody had asked yet. Where it fails, the start says why.
 */
async function connectAll(
  targets: readonly Target[],
  { output, interruption: { signal } }: Invocation,
): Promise<void> {
  const providers = [...new Set(targets.map(({ on }) => on))]
  output.note(`connecting to ${providers.map(({ name }) => name).join(', ')}`)
  await Promise.all(providers.map(({ provider }) => provider.check({ signal })))
}

async function startAll(
  targets: readonly Target[],
  { sequential }: TimeFlags,
  timeEach: (target: Target) => Promise<StartRecord>,
): Promise<readonly StartRecord[]> {
  if (!sequential) return await Promise.all(targets.map(timeEach))
  const records: StartRecord[] = []
  for (const target of targets) records.push(await timeEach(target))
  return records
}

async function timeOne(
  { on, spec }: Target,
  timeout: Duration | undefined,
  view: StartView,
  { interruption, output }: Invocation,
): Promise<StartRecord> {
  const requestedAt = new Date()
  const watcher = view.watch(on.name, spec.image)
  const started = await start({ on, spec, timeout, interruption, watcher })
  if (!started.failure) await delay(STEADINESS_IN_MS)
  await removeStarted(started, on, output)
  return recordStart(started, on, spec, requestedAt)
}

/** Where it was measured from, and with what. */
function reportMeta(): ReportMeta {
  return {
    createdAt: new Date().toISOString(),
    client: {
      berth: readVersion(),
      node: process.version,
      platform: platform(),
      architecture: arch(),
      cpus: cpus().length,
    },
  }
}

async function show(starts: readonly StartRecord[], meta: ReportMeta, { output }: Invocation): Promise<void> {
  if (output.json) {
    const { reportOf } = await import('../report/write-report.ts')
    output.document(reportOf(starts, meta))
    return
  }
  const { renderTable } = await import('../report/render-table.ts')
  const { renderWaterfall } = await import('../report/render-waterfall.ts')
  const look = { width: process.stdout.columns || 100, color: process.stdout.hasColors?.() ?? false }
  output.print(`\n${renderTable(starts, look)}\n`)
  output.print(renderWaterfall(starts, look))
  // What failed is said there; what is known of it besides, here.
  for (const { provider, image, error } of starts) {
    const evidence = error ? formatEvidence(error) : []
    if (evidence.length > 1)
      output.note(`\n${paint('red', `${image} on ${provider}`)}\n${evidence.join('\n')}`)
  }
}
