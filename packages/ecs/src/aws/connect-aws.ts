import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import type { EC2 } from '@aws-sdk/client-ec2'
import type { ECS } from '@aws-sdk/client-ecs'
import type { IAM } from '@aws-sdk/client-iam'
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { observeAnswers } from './observe-answers.ts'

export interface AwsSettings {
  readonly region: string | undefined
  readonly profile: string | undefined
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined
  readonly endpoint: string | undefined
}

/** The services as one account sees them. Each SDK is loaded when its service is first called. */
export interface Aws {
  ecs(): Promise<ECS>
  ec2(): Promise<EC2>
  logs(): Promise<CloudWatchLogs>
  iam(): Promise<IAM>
  /** Lets go of connections. */
  close(): void
}

/** A connection that does not come about by then will not; an answer that takes longer has been lost. */
const CONNECT_WITHIN_MS = 5_000
const ANSWER_WITHIN_MS = 20_000
const MOST_CONNECTIONS = 100

/** Makes the clients at their first use. Calls nobody. */
export function connectAws(settings: AwsSettings): Aws {
  const open: { destroy(): void }[] = []
  const lazily = <C extends { destroy(): void }>(make: (configuration: Configuration) => Promise<C>) => {
    let client: Promise<C> | undefined
    return () => {
      client ??= make(configurationOf(settings))
        .then((made) => {
          open.push(made)
          return made
        })
        .catch((error: unknown) => {
          client = undefined
          throw error
        })
      return client
    }
  }
  return {
    ecs: lazily(async (configuration) => {
      const ecs = new (await import('@aws-sdk/client-ecs')).ECS(configuration)
      ecs.middlewareStack.use(observeAnswers())
      return ecs
    }),
    ec2: lazily(async (configuration) => {
      const ec2 = new (await import('@aws-sdk/client-ec2')).EC2(configuration)
      ec2.middlewareStack.use(observeAnswers())
      return ec2
    }),
    logs: lazily(async (configuration) => {
      const logs = new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(configuration)
      logs.middlewareStack.use(observeAnswers())
      return logs
    }),
    iam: lazily(async (configuration) => {
      const iam = new (await import('@aws-sdk/client-iam')).IAM(configuration)
      iam.middlewareStack.use(observeAnswers())
      return iam
    }),
    close: () => {
      for (const client of open.splice(0)) client.destroy()
    },
  }
}

type Configuration = ReturnType<typeof configurationOf>

function configurationOf({ region, profile, credentials, endpoint }: AwsSettings) {
  const agent = { keepAlive: true, maxSockets: MOST_CONNECTIONS }
  return {
    ...(region && { region }),
    ...(profile && { profile }),
    ...(credentials && { credentials }),
    ...(endpoint && { endpoint }),
    // What is repeated, how often and when is decided for every cloud alike, and each attempt counts against a budget.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_WITHIN_MS,
      requestTimeout: ANSWER_WITHIN_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  }
}
