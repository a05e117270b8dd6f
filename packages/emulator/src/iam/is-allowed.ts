import type { Role } from './role-store.ts'

interface Statement {
  readonly Effect?: string
  readonly Action?: string | readonly string[]
}

/** What the managed policies allow that tasks are usually given; one that is not here may allow anything. */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  AmazonECSTaskExecutionRolePolicy: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchGetImage',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
  AmazonSSMManagedInstanceCore: ['ssm:*', 'ssmmessages:*', 'ec2messages:*'],
  CloudWatchLogsFullAccess: ['logs:*'],
}

/** Whether the policies of a role allow an action at all; on which resources, and under which conditions, is not looked at. */
export function isAllowed({ attached, inline }: Role, action: string): boolean {
  const statements = [...inline.values()].flatMap(statementsOf)
  const matching = statements.filter(({ Action = [] }) => [Action].flat().some((one) => covers(one, action)))
  if (matching.some(({ Effect }) => Effect === 'Deny')) return false
  if (matching.some(({ Effect }) => Effect === 'Allow')) return true
  return [...attached].some((arn) => {
    const actions = MANAGED[arn.split('/').at(-1) ?? '']
    return actions === undefined || actions.some((one) => covers(one, action))
  })
}

function statementsOf(document: string): readonly Statement[] {
  const { Statement = [] } = JSON.parse(document) as { Statement?: Statement | readonly Statement[] }
  return [Statement].flat()
}

/** `logs:*` covers `logs:CreateLogGroup`; case makes no difference. */
function covers(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(action)
}
