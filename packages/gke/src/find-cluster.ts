import { BerthError } from '@berth/core'
import type { GkeAccount } from './gke-account.ts'
import { type GkeCluster, readCluster } from './gke-cluster.ts'
import { isAbsent } from './map-gke-error.ts'

const NO_PROJECT =
  'gke: no project is named: set GOOGLE_CLOUD_PROJECT (gcloud config get project tells yours), or write gke({ project })'
/** While it is being changed it serves all the same. */
const SERVING: ReadonlySet<string> = new Set(['RUNNING', 'RECONCILING', 'DEGRADED'])

/** Asks Google for the cluster that options and variables name. Throws BerthErrors and what the API throws. */
export async function findCluster(account: GkeAccount): Promise<GkeCluster> {
  const project = await projectOf(account)
  const cluster = await lookUp(account, project)
  if (SERVING.has(cluster.status)) return cluster
  const because = cluster.statusMessage ? ` (${cluster.statusMessage})` : ''
  throw new BerthError({
    code: 'unavailable',
    retryable: false,
    message: `gke: cluster ${cluster.name} in ${cluster.location} is ${cluster.status}${because}: wait until it is RUNNING, or name another`,
  })
}

/** The project by its id. Throws `invalid-spec` where nothing names one. */
export async function projectOf({ place, signIn }: GkeAccount): Promise<string> {
  const project = place.project ?? (await signIn.project())
  if (project === undefined) throw new BerthError({ code: 'invalid-spec', message: NO_PROJECT })
  return project
}

async function lookUp(
  { place: { location, cluster: name }, api }: GkeAccount,
  project: string,
): Promise<GkeCluster> {
  if (name !== undefined && location !== undefined) {
    try {
      const path = `projects/${project}/locations/${location}/clusters/${name}`
      return readCluster(project, await api.getCluster(path))
    } catch (error) {
      if (!isAbsent(error)) throw error
    }
  }
  const all = await api.listClusters(`projects/${project}/locations/-`)
  const there = all.map((cluster) => readCluster(project, cluster))
  const isMeant = (cluster: GkeCluster) =>
    cluster.name === name && (location === undefined || location === cluster.location)
  const [found, ...others] = there.filter(isMeant)
  if (found === undefined) throw notThere(project, name, location, there)
  if (others.length === 0) return found
  throw new BerthError({
    code: 'invalid-spec',
    message: `gke: project ${project} has several clusters called ${name}, in ${[found, ...others].map((one) => one.location).join(', ')}: say which with CLOUDSDK_COMPUTE_REGION or gke({ location })`,
  })
}

function notThere(
  project: string,
  name: string | undefined,
  location: string | undefined,
  there: readonly GkeCluster[],
): BerthError {
  const list = there.map((one) => `${one.name} (${one.location})`).join(', ')
  const known =
    there.length === 0
      ? `project ${project} has no cluster: make one with gcloud container clusters create-auto demo --location europe-west1`
      : `project ${project} has ${list}`
  if (name === undefined) {
    return new BerthError({
      code: 'invalid-spec',
      message: `gke: no cluster is named, and ${known}${there.length === 0 ? '' : ': name one with CLOUDSDK_CONTAINER_CLUSTER or gke({ cluster })'}`,
    })
  }
  const where = location === undefined ? '' : ` in ${location}`
  return new BerthError({
    code: 'not-found',
    message: `gke: there is no cluster ${name}${where}; ${known}${there.length === 0 ? '' : ': name one of these with CLOUDSDK_CONTAINER_CLUSTER or gke({ cluster, location })'}`,
  })
}
