import type { BerthErrorCode } from '@berth/core'

/** What the words of a task's end mean, and what to do about it. */
export interface ReasonMeaning {
  readonly code: BerthErrorCode
  readonly advice: string
  readonly retryable?: boolean | undefined
}

export const CAPACITY_ADVICE =
  'try again later, ask for less cpu and memory, name subnets in more zones, or leave spot out'

type Rule = readonly [words: RegExp, meaning: ReasonMeaning]

/** By the words that the service writes at the beginning of a reason; the first that fits counts. */
const RULES: readonly Rule[] = [
  [
    /CannotPull.*(?:429|too many requests|toomanyrequests|rate limit)/is,
    {
      code: 'image-pull',
      retryable: true,
      advice:
        'the registry refused to answer, mostly because of its limit for anonymous pulls; give its credentials (options.ecs.registryCredentials), or copy the image into a registry of your own',
    },
  ],
  [
    /CannotPull.*(?:i\/o timeout|timed? ?out|no such host|connection refused|network is unreachable|deadline exceeded)/is,
    {
      code: 'image-pull',
      retryable: true,
      advice:
        "can the task reach the image's registry? It needs a public address or a subnet with a way out (NAT, endpoints)",
    },
  ],
  [
    /CannotPull.*(?:platform|architecture|no matching manifest)/is,
    {
      code: 'image-pull',
      advice: "build the image for the task's architecture, or choose it: architecture: 'arm64'",
    },
  ],
  [
    /CannotPull/i,
    {
      code: 'image-pull',
      advice:
        "correct the image's name or tag, or give its registry's credentials: options: { ecs: { registryCredentials: { main: 'arn:aws:secretsmanager:…' } } }",
    },
  ],
  [
    /ResourceInitializationError.*(?:secret|parameter|ssm|asm)/is,
    {
      code: 'start-failed',
      advice:
        'does the secret exist, and may the execution role read it (secretsmanager:GetSecretValue, ssm:GetParameters)? Can the task reach its store?',
    },
  ],
  [
    /ResourceInitializationError.*(?:log group|awslogs|logger|CreateLogStream)/is,
    {
      code: 'start-failed',
      advice:
        'make the log group and the execution role with berth doctor ecs --fix, or name another: ecs({ logGroup })',
    },
  ],
  [
    /ResourceInitializationError.*(?:efs|volume|mount)/is,
    {
      code: 'start-failed',
      advice:
        'can the task reach the file system (a mount target in its zone, port 2049 in its security group)?',
    },
  ],
  [
    /executable file not found|no such file or directory|permission denied|exec format error|CannotStartContainer|CannotCreateContainer/i,
    { code: 'start-failed', advice: 'correct command and args, or the image' },
  ],
  [
    /ResourceInitializationError/i,
    {
      code: 'start-failed',
      advice:
        'can the task reach AWS? It needs a public address or a subnet with a way out (NAT, endpoints), and an execution role that may',
    },
  ],
  [
    /capacity is unavailable|RESOURCE:|insufficient capacity|no capacity/i,
    { code: 'capacity', advice: CAPACITY_ADVICE },
  ],
  [
    /limit on the number of vCPUs|vCPU limit|quota/i,
    {
      code: 'quota',
      advice:
        'remove runs that are no longer needed (berth sweep), or ask for more vCPUs: aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value <n>',
    },
  ],
  [
    /network interface.*(?:time|provision)|Timeout waiting for network/is,
    {
      code: 'unavailable',
      retryable: true,
      advice: 'the service could not make its network interface in time; try again',
    },
  ],
  [/OutOfMemory/i, { code: 'exited', advice: 'it needs more memory than it has: give it more' }],
  [
    /InternalError|internal error/i,
    { code: 'unavailable', retryable: true, advice: 'the service failed; try again' },
  ],
]

/** What a reason means; undefined for words that nobody knows. */
export function meaningOfReason(reason: string): ReasonMeaning | undefined {
  return RULES.find(([words]) => words.test(reason))?.[1]
}
