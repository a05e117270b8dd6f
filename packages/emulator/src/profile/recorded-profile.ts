import { type Duration, drawDuration } from './distribution.ts'
import type { Phase, PhaseDurations, Profile, StartKind } from './profile.ts'

/**
 * Phase durations of one family of images on one service, as they were recorded. `n` counts the starts; where the record only tells the least
 * and the most, each duration between is as likely.
 */
interface RecordedFamily {
  readonly service: string
  readonly family: string
  /** The last part of an image's name, without its tag. */
  readonly images: readonly string[]
  readonly years: string
  /** `reported`: only the whole was told, by users of the service. Default `recorded`. */
  readonly how?: 'recorded' | 'reported' | undefined
  readonly n: number
  readonly source: string
  readonly durations: Readonly<Record<Phase, Duration>>
}

const SPLIT = 'how the rest is split, and how long removing takes, is assumed'

/**
 * Events carry whole seconds, so each is known to a second. `accepting` is from an operation's
 * start, told to 100 ns, to the second of the creating call's answer: under 0.8 s in five of six recordings, 0.6 to 1.6 s in one. What comes before
 * the operation's start is not in them. Nobody recorded how long removing takes.
 */
const RECORDED: readonly RecordedFamily[] = [
  {
    service: 'aci',
    family: 'alpine',
    images: ['alpine', 'busybox', 'hello'],
    years: '2018-2019',
    n: 8,
    source: "PUT answers and events in recordings of the Azure CLI's container tests",
    durations: {
      accepting: [0, 1_600],
      placing: [3_000, 16_000],
      pulling: [2_000, 3_000],
      creating: [0, 1_000],
      starting: [0, 1_000],
      removing: 0,
    },
  },
  {
    service: 'aci',
    family: 'nginx',
    images: ['nginx', 'httpd', 'caddy'],
    years: '2019',
    n: 2,
    source: "PUT answers and events in recordings of the Azure CLI's container tests",
    durations: {
      accepting: [0, 1_600],
      placing: [4_000, 9_000],
      pulling: 8_000,
      creating: [2_000, 3_000],
      starting: [0, 1_000],
      removing: 0,
    },
  },
  {
    service: 'aci',
    family: 'helloworld',
    images: ['aci-helloworld', 'helloworld'],
    years: '2019, 2021',
    n: 2,
    source: "PUT answers and events in recordings of the Azure CLI's container tests",
    durations: {
      accepting: [0, 1_600],
      placing: [5_000, 9_000],
      pulling: [5_000, 7_000],
      creating: [3_000, 9_000],
      starting: [0, 1_000],
      removing: 0,
    },
  },
  {
    service: 'ecs',
    family: '258 MB',
    images: ['python', 'node', 'postgres'],
    years: '2026',
    how: 'reported',
    n: 2,
    source: `a published measurement of Fargate: provisioning about 25 s, first response after 65.3 s (zstd) and 67.8 s (gzip); ${SPLIT}`,
    durations: {
      accepting: [0, 500],
      placing: [24_000, 26_000],
      pulling: [36_000, 38_000],
      creating: [3_000, 4_000],
      starting: [0, 1_000],
      removing: [5_000, 15_000],
    },
  },
  {
    service: 'ecs',
    family: 'nginx',
    images: ['nginx', 'httpd', 'alpine', 'busybox'],
    years: '2019, 2022',
    how: 'reported',
    n: 2,
    source: `reports of first tasks on Fargate: 20 to 40 s from a registry in the same network, about 30 s; ${SPLIT}`,
    durations: {
      accepting: [0, 500],
      placing: [12_000, 22_000],
      pulling: [5_000, 12_000],
      creating: [2_000, 4_000],
      starting: [0, 1_000],
      removing: [5_000, 15_000],
    },
  },
  {
    service: 'kubernetes',
    family: 'nginx',
    images: [],
    years: '2026',
    how: 'reported',
    n: 1,
    source:
      "Kubernetes' own service-level objective: 99 % of Pods that can be scheduled start within 5 s, the pull left out; the pull, and how the rest is split, is assumed",
    durations: {
      accepting: [0, 200],
      placing: [200, 1_500],
      pulling: [2_000, 8_000],
      creating: [100, 1_500],
      starting: [100, 1_500],
      removing: [0, 1_000],
    },
  },
]

/** Starts take as long as they were recorded to take, by image family; an image of no family is taken for nginx. */
export const recordedProfile: Profile = {
  nameFor(services) {
    const known = services.filter((service) => familiesOf(service).length > 0)
    const words = known.map((service) => {
      const families = familiesOf(service)
      return `${known.length > 1 ? `${service} ` : ''}${yearsOf(families)}, n = ${sizesOf(families)}`
    })
    return `recorded profile (${words.join('; ') || 'nothing recorded'})`
  },
  describe(start) {
    const { years, n, family, how = 'recorded' } = familyOf(start)
    return `${how} ${years} (${family}), n = ${n}`
  },
  draw(start, numbers) {
    const { durations } = familyOf(start)
    return Object.fromEntries(
      Object.entries(durations).map(([phase, duration]) => [phase, drawDuration(duration, numbers)]),
    ) as unknown as PhaseDurations
  },
}

function familyOf({ service, image }: StartKind): RecordedFamily {
  const name = image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? image
  const families = familiesOf(service)
  const found =
    families.find(({ images }) => images.includes(name)) ?? families.find(({ family }) => family === 'nginx')
  if (!found)
    throw new RangeError(`nothing was recorded of ${service}; use the profile 'instant' or your own`)
  return found
}

function familiesOf(service: string): readonly RecordedFamily[] {
  return RECORDED.filter((recorded) => recorded.service === service)
}

/** `2018-2021`: from the first year of any to the last; `2026` where they are one. */
function yearsOf(families: readonly RecordedFamily[]): string {
  const years = families.flatMap((family) => family.years.match(/\d{4}/g) ?? []).sort()
  const [first, last] = [years.at(0), years.at(-1)]
  return first === last ? `${first}` : `${first}-${last}`
}

function sizesOf(families: readonly RecordedFamily[]): string {
  const sizes = families.map(({ n }) => n)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  return least === most ? String(least) : `${least} to ${most}`
}
