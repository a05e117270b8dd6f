import type { CallContext, CheckItem } from '@berth/core'
import { call } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** What Berth does, in the words of roles; docs/providers/kubernetes.md has the role that allows just this. */
export const NEEDED_RULES: readonly { readonly resource: string; readonly verbs: readonly string[] }[] = [
  { resource: 'pods', verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { resource: 'pods/log', verbs: ['get'] },
  { resource: 'pods/exec', verbs: ['create'] },
  { resource: 'pods/attach', verbs: ['create'] },
  { resource: 'pods/portforward', verbs: ['create'] },
  { resource: 'secrets', verbs: ['create', 'get', 'list', 'patch', 'delete'] },
  { resource: 'services', verbs: ['create', 'get', 'list', 'delete'] },
  { resource: 'events', verbs: ['list'] },
]

/** A rule as the cluster tells it. */
export interface ResourceRule {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
}

interface RulesReview {
  readonly status?: { readonly resourceRules?: readonly ResourceRule[]; readonly incomplete?: boolean }
}

/** Whether the account may do in the namespace what Berth does there. */
export async function checkPermissions(
  host: KubernetesHost,
  context: CallContext,
): Promise<Omit<CheckItem, 'name'>> {
  const namespace = await host.namespace()
  const { object } = await call<RulesReview>(host, context, {
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    },
  })
  const { resourceRules = [], incomplete = false } = object.status ?? {}
  const lacking = lackingVerbs(resourceRules)
  if (lacking.length === 0) return { status: 'ok', detail: `all that is needed in ${namespace} is allowed` }
  // Some clusters ask others who may do what, and cannot list it.
  if (incomplete) return { status: 'skipped', detail: 'the cluster does not tell all that is allowed' }
  return {
    status: 'failed',
    detail: `not allowed in ${namespace}: ${lacking.join(', ')}`,
    mend: `give this account the role in docs/providers/${host.flavour.name}.md: kubectl create rolebinding berth --role=berth --user=<account> -n ${namespace}`,
  }
}

/** What of the needed rules these do not allow, as `create pods`. */
export function lackingVerbs(rules: readonly ResourceRule[]): readonly string[] {
  return NEEDED_RULES.flatMap(({ resource, verbs }) =>
    verbs
      .filter((verb) => !rules.some((rule) => allows(rule, resource, verb)))
      .map((verb) => `${verb} ${resource}`),
  )
}

function allows(
  { verbs, apiGroups = [], resources = [], resourceNames = [] }: ResourceRule,
  resource: string,
  verb: string,
): boolean {
  const [, part] = resource.split('/')
  const names = ['*', resource, ...(part === undefined ? [] : [`*/${part}`])]
  return (
    resourceNames.length === 0 &&
    [...verbs].some((each) => each === '*' || each === verb) &&
    apiGroups.some((group) => group === '*' || group === '') &&
    resources.some((each) => names.includes(each))
  )
}
