import type { Behaviour } from '../provenance/behaviour.ts'

const base = { service: 'ecs' } as const
const assumed = { ...base, provenance: 'assumed', source: '' } as const
const documented = (source: string, date = '2026') =>
  ({ ...base, provenance: 'documented', source, date }) as const
const reported = (source: string, date: string) =>
  ({ ...base, provenance: 'reported', source, date }) as const
const GUIDE = 'ECS developer guide'
const REFERENCE = 'ECS API reference'

/** What ECS with Fargate does. */
export const ECS_BEHAVIOURS: readonly Behaviour[] = [
  // Definitions and clusters
  {
    ...documented(REFERENCE),
    what: 'families and revisions, ACTIVE, INACTIVE, DELETE_IN_PROGRESS; a deregistered one can only be deleted',
  },
  {
    ...documented(GUIDE),
    what: 'Fargate asks for awsvpc, for cpu and memory of the task, and for a pair that it has; awslogs for a stream prefix and an execution role',
  },
  { ...assumed, what: 'the words of most refusals of a task definition, all of which are ClientException' },
  {
    ...reported('issues of the provider for Terraform', '2021'),
    what: 'two registers of one family at once: ClientException, Too many concurrent attempts',
    changedBy: 'dialect registeringInMs',
  },
  {
    ...documented(REFERENCE),
    what: 'a cluster with tasks cannot be deleted; one that is deleted is INACTIVE, and told when asked for by name',
  },
  {
    ...assumed,
    what: 'a cluster named default, with FARGATE and FARGATE_SPOT, is there',
    changedBy: 'aws.clusters',
  },
  // Starting
  {
    ...documented(REFERENCE),
    what: 'RunTask: 1 to 10 tasks, 16 subnets, 5 security groups, overrides of 8 192 characters; failures[] on a 200',
  },
  {
    ...documented(REFERENCE),
    what: 'clientToken: the same call is answered with the same tasks, another one is a ConflictException with resourceIds; for 24 h, or an hour after the tasks',
  },
  { ...assumed, what: 'a token of which nothing came can be used again' },
  {
    ...reported('issues of dagster and dask-cloudprovider', '2021-2025'),
    what: 'no capacity and too many vCPUs are told in failures[]; a task may start all the same',
    changedBy: 'dialect failuresAreFinal',
  },
  {
    ...assumed,
    what: 'capacity that is found missing after acceptance: TaskFailedToStart with the same words',
  },
  {
    ...reported('issues of dagster', '2025'),
    what: 'throttling of RunTask comes as InvalidParameterException',
    changedBy: 'dialect throttling',
  },
  {
    ...reported('issues', '2019-2025'),
    what: 'a role that cannot be assumed, a subnet or group that is not there: their messages',
  },
  {
    ...documented('service quotas'),
    what: 'token buckets of each kind of call, 6 vCPUs of Fargate and 6 of Fargate Spot',
    changedBy: 'limits.ecs',
  },
  // Looking
  {
    ...documented(REFERENCE),
    what: 'DescribeTasks: 1 to 100 at once, MISSING in failures[]; ListTasks: 100 a page, desiredStatus RUNNING by default, startedBy beside no family or service',
  },
  {
    ...reported('issues', '2016-2024'),
    what: 'a new task is MISSING for a while, and lists are late',
    changedBy: 'dialects missingForInMs, listStaleInMs',
  },
  {
    ...documented(REFERENCE),
    what: 'stopped tasks are told for an hour',
    changedBy: 'dialect stoppedKeptInMs',
  },
  // Living
  {
    ...documented(GUIDE),
    what: 'states from PROVISIONING to STOPPED; the pull belongs to ACTIVATING',
    changedBy: 'dialect activating',
  },
  {
    ...assumed,
    what: 'which part of the time before the pull is PROVISIONING, and that every state is passed through',
  },
  {
    ...documented('SubmitTaskStateChange of the API reference'),
    what: 'the agent stamps pullStartedAt, pullStoppedAt and executionStoppedAt; the control plane stamps the rest',
  },
  {
    ...documented(GUIDE),
    what: 'the attachment tells the network interface, whose public address EC2 tells',
    changedBy: 'dialects interfaceShown, addressAfterInMs',
  },
  {
    ...reported('issues', '2018-2024'),
    what: 'without a public address in a public subnet the image cannot be pulled: i/o timeout',
  },
  { ...assumed, what: 'after how long that is told: 2 minutes' },
  {
    ...documented(GUIDE),
    what: 'dependsOn with START, COMPLETE, SUCCESS, HEALTHY; startTimeout, 3 minutes by default; stops in reverse',
  },
  {
    ...documented(GUIDE),
    what: "health checks as Docker's: UNKNOWN until one passes; an UNHEALTHY task of no service goes on",
  },
  {
    ...documented(GUIDE),
    what: 'restart policies of containers: only one that ran for long enough is started again',
  },
  { ...documented(GUIDE), what: 'the end of an essential container stops the task' },
  {
    ...documented('page on stopped tasks'),
    what: 'stopCode, stoppedReason and the reasons of containers: CannotPullContainerError, CannotStartContainerError, ResourceInitializationError, OutOfMemoryError',
  },
  {
    ...documented(GUIDE),
    what: 'SIGTERM, then SIGKILL after stopTimeout, 30 s by default and 120 at most',
  },
  { ...documented(GUIDE), what: 'Spot: SpotInterruption, Your Spot Task was interrupted.' },
  {
    ...documented(REFERENCE),
    what: "StopTask deletes the task's tags",
    changedBy: 'dialect stopDeletesTags',
  },
  {
    ...documented(GUIDE),
    what: 'awslogs-create-group needs logs:CreateLogGroup of the execution role, ExecuteCommand the four actions of ssmmessages of the task role',
  },
  // Sessions
  {
    ...documented(REFERENCE),
    what: 'ExecuteCommand: interactive only, a task role is needed, TargetNotConnectedException until the agent runs',
    changedBy: 'dialect execAgentAfterInMs',
  },
  {
    ...documented("sources of Session Manager's agent and plugin", '2024'),
    what: 'the data channel: frames, handshake, acknowledgements, messages sent again, channel_closed; no exit code',
  },
  { ...assumed, what: 'a channel that its client closes ends the command' },
]
