import type { WriteChapter } from '../scene/chapter.ts'
import { cancellation } from './cancellation.ts'
import { check } from './check.ts'
import { copying } from './copying.ts'
import { cost } from './cost.ts'
import { crowd } from './crowd.ts'
import { disposal } from './disposal.ts'
import { endings } from './endings.ts'
import { environment } from './environment.ts'
import { errors } from './errors.ts'
import { exec } from './exec.ts'
import { files } from './files.ts'
import { finding } from './finding.ts'
import { groups } from './groups.ts'
import { idempotency } from './idempotency.ts'
import { leases } from './leases.ts'
import { lifecycle } from './lifecycle.ts'
import { logQueries } from './log-queries.ts'
import { logs } from './logs.ts'
import { metrics } from './metrics.ts'
import { names } from './names.ts'
import { placement } from './placement.ts'
import { ports } from './ports.ts'
import { readiness } from './readiness.ts'
import { readinessFailures } from './readiness-failures.ts'
import { refusals } from './refusals.ts'
import { restarts } from './restarts.ts'
import { secrets } from './secrets.ts'
import { sessions } from './sessions.ts'
import { timeline } from './timeline.ts'
import { volumes } from './volumes.ts'

/** The contract, in the order in which it is put to the test. */
export const CHAPTERS = {
  check,
  lifecycle,
  disposal,
  readiness,
  readinessFailures,
  logs,
  logQueries,
  exec,
  sessions,
  copying,
  environment,
  secrets,
  files,
  volumes,
  groups,
  ports,
  endings,
  restarts,
  idempotency,
  placement,
  finding,
  names,
  errors,
  refusals,
  cancellation,
  timeline,
  cost,
  metrics,
  leases,
  crowd,
} as const satisfies Readonly<Record<string, WriteChapter>>

export type ChapterName = keyof typeof CHAPTERS
