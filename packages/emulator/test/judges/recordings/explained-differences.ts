import type { Difference } from './find-differences.ts'

/** A way in which an emulated answer may differ from a recorded one. Any other is a mistake of the emulator's. */
export interface Explanation {
  readonly path: RegExp
  /** Whatever holds of such a difference: it is explained only as far as that. */
  readonly holds: (difference: Difference) => boolean
  readonly why: string
  /** The recordings where it may occur. Default: all. */
  readonly recordings?: readonly string[]
}

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const RECORDINGS_OF_2018 = ['create-msi', 'create-with-msi-scope']

export const EXPLANATIONS: readonly Explanation[] = [
  // Instants, addresses and identities are another's.
  {
    path: /^header date$/,
    holds: bothAre(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
    why: 'another time',
  },
  { path: /\.(start|finish)Time$/, holds: bothAre(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), why: 'another time' },
  {
    path: /\.(first|last)Timestamp$/,
    holds: bothAre(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    why: 'another time',
  },
  {
    path: /^body startTime$/,
    holds: bothAre(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
    why: 'another time',
  },
  {
    path: /properties\.ipAddress\.ip$/,
    holds: bothAre(/^(\d{1,3}\.){3}\d{1,3}$/),
    why: 'another address',
  },
  { path: /\.(principalId|clientId)$/, holds: bothAre(new RegExp(`^${ID}$`)), why: 'an identity of its own' },
  {
    path: /^header azure-asyncoperation$/,
    holds: bothAre(
      new RegExp(
        `^https?://[^/]+/subscriptions/${ID}/providers/Microsoft\\.ContainerInstance/locations/westus/operations/${ID}\\?api-version=2018-06-01$`,
      ),
    ),
    why: 'another operation, on the host that was asked',
  },
  {
    path: /^header location$/,
    holds: bothAre(
      new RegExp(`^https?://[^/]+/subscriptions/${ID}/operationresults/[\\w-]+\\?api-version=2019-07-01$`),
    ),
    why: 'another job, on the host that was asked',
  },
  {
    path: /^header x-ms-ratelimit-remaining-/,
    holds: bothAre(/^\d+$/),
    why: 'others had asked before the recording began; and ARM counts in another way since 2024',
  },
  { path: /^header content-length$/, holds: bothAre(/^\d+$/), why: 'the length of other values' },

  // What the recorder did: it lower-cased, left out and decoded.
  {
    path: /^header x-ms-(request-id|correlation-request-id|routing-request-id|ratelimit-remaining-subscription-reads)$/,
    holds: onlyEmulated,
    why: 'the recorder leaves it out',
  },
  { path: /^header retry-after$/, holds: onlyEmulated, why: 'the recorder leaves it out' },
  {
    path: /^header (transfer-encoding|vary)$/,
    holds: onlyRecorded,
    why: 'answers were compressed, and were written down decoded; the emulator compresses nothing',
  },
  {
    path: /^header (connection|keep-alive)$/,
    holds: onlyEmulated,
    why: 'of this connection, not of the service',
  },
  {
    path: /^header berth-emulator$/,
    holds: onlyEmulated,
    why: 'so that nobody takes it for the real service',
  },

  // How things were told in 2018 alone.
  {
    path: /^body type$/,
    holds: onlyEmulated,
    recordings: RECORDINGS_OF_2018,
    why: 'ARM told the type of a resource group since 2019',
  },
  {
    path: /^body properties\.instanceView\.events\[\]$/,
    holds: onlyEmulated,
    recordings: RECORDINGS_OF_2018,
    why: 'the answer to a creating call told the (empty) list of events since 2019',
  },
  {
    path: /\.events\[(Created|Started): (Created|Started) container with id [0-9a-f]{64}\]/,
    holds: onlyRecorded,
    recordings: ['create-msi'],
    why: 'some nodes of 2018 told a container with its id, and then each instance for itself',
  },
  {
    path: /\.events\[(Created|Started): (Created|Started) container\]/,
    holds: onlyEmulated,
    recordings: ['create-msi'],
    why: 'what those nodes told with an id, the others of that year told without',
  },

  // How often something was told.
  {
    path: /\.events\[\w+: [^\]]+\]\.count$/,
    holds: ({ recorded, emulated }) => Number(recorded) >= 1 && Number(emulated) >= 1,
    recordings: RECORDINGS_OF_2018,
    why: 'events ran ahead of the state that was told with them, by an instance; and BackOff is told again and again while it lasts',
  },
  {
    path: /^body properties\.events\[BackOff: /,
    holds: onlyRecorded,
    recordings: ['create-msi'],
    why: 'once the service saw so late that a start had succeeded that its container had already ended twice',
  },
]

/** The explanation of a difference, if there is one. */
export function explain(difference: Difference, recording: string): Explanation | undefined {
  return EXPLANATIONS.find(
    ({ path, holds, recordings }) =>
      (recordings === undefined || recordings.includes(recording)) &&
      path.test(difference.path) &&
      holds(difference),
  )
}

function bothAre(form: RegExp): Explanation['holds'] {
  return ({ recorded, emulated }) => form.test(String(recorded)) && form.test(String(emulated))
}

function onlyRecorded(difference: Difference): boolean {
  return !('emulated' in difference)
}

function onlyEmulated(difference: Difference): boolean {
  return !('recorded' in difference)
}
