import type { Behaviour } from '../provenance/behaviour.ts'

const aws = { service: 'aws' } as const
const assumed = { provenance: 'assumed', source: '' } as const
const documented = (source: string, date: string) => ({ provenance: 'documented', source, date }) as const
const MODELS = documented('service models of the SDKs', '2026')

/** What AWS does for every service. */
export const AWS_BEHAVIOURS: readonly Behaviour[] = [
  {
    ...aws,
    ...documented('Signature Version 4', '2026'),
    what: 'signatures are verified: key, scope, signed headers, time (5 minutes either way), body',
  },
  {
    ...aws,
    ...documented('common errors of the services', '2026'),
    what: 'errors of a missing, malformed, wrong or expired signature, by protocol: 400 and names that end in Exception (JSON), 403 (query), 401 AuthFailure (EC2)',
  },
  {
    ...aws,
    ...MODELS,
    what: 'AWS JSON 1.1, the query protocol and that of EC2: shapes of answers and errors',
  },
  {
    ...aws,
    ...assumed,
    what: 'an unknown field is ignored; a body that is no JSON object is a SerializationException',
  },
  { ...aws, ...MODELS, what: 'an unknown operation: UnknownOperationException, InvalidAction' },
]

/** What EC2, CloudWatch Logs, IAM and STS do as far as ECS needs them. */
export const AWS_NEIGHBOUR_BEHAVIOURS: readonly Behaviour[] = [
  {
    service: 'ec2',
    ...documented('VPC user guide', '2026'),
    what: 'every region has a default network with a public subnet in each of three zones, a main route table, an internet gateway, a default security group',
  },
  {
    service: 'ec2',
    ...assumed,
    what: 'the default security group lets everyone in',
    changedBy: 'aws.openDefaultSecurityGroup',
  },
  {
    service: 'ec2',
    ...documented('API reference', '2026'),
    what: 'an id that is not there fails a whole describing call; a filter that nothing fits leaves out; pages of 5 to 1 000',
  },
  {
    service: 'ec2',
    ...documented('page on request throttling', '2026'),
    what: '503 RequestLimitExceeded; buckets of 100 reads filled by 20 a second, of 50 writes by 5, for each action',
    changedBy: 'limits.ec2',
  },
  {
    service: 'ec2',
    ...documented('API reference', '2026'),
    what: 'security groups: InvalidGroup.Duplicate, InvalidPermission.Duplicate, DependencyViolation while a network interface is in one, CannotDelete of the default one',
  },
  {
    service: 'logs',
    ...documented('API reference', '2026'),
    what: 'GetLogEvents: 1 MB or 10 000 events a page, at the end the token that was sent comes back, pages may be empty',
    changedBy: 'dialects logs.emptyPages',
  },
  {
    service: 'logs',
    ...documented('service quotas', '2026'),
    what: 'GetLogEvents and FilterLogEvents 25 a second, describing and changing calls 10: ThrottlingException',
    changedBy: 'limits.logs',
  },
  {
    service: 'logs',
    ...assumed,
    what: 'how long after it was written an event is told',
    changedBy: 'dialects logs.ingestionDelayInMs',
  },
  {
    service: 'iam',
    ...documented('API reference', '2026'),
    what: 'roles and their policies: actions are compared, resources and conditions are not; NoSuchEntity, EntityAlreadyExists, DeleteConflict while policies are left; documents come back percent-encoded',
  },
]
