import { LogStore } from '../cloudwatch-logs/log-store.ts'
import { LOGS_DIALECT, type LogsDialect } from '../cloudwatch-logs/logs-dialect.ts'
import { logsService } from '../cloudwatch-logs/logs-service.ts'
import { ec2Service } from '../ec2/ec2-service.ts'
import { NetworkStore } from '../ec2/network-store.ts'
import { ecsService } from '../ecs/ecs-service.ts'
import type { EmulatorOptions } from '../emulator-options.ts'
import { iamService } from '../iam/iam-service.ts'
import { RoleStore } from '../iam/role-store.ts'
import { listen } from '../server/listener.ts'
import type { RequestLog } from '../server/request-log.ts'
import { stsService } from '../sts/sts-service.ts'
import type { World } from '../world.ts'
import { awsEndpoint } from './aws-endpoint.ts'
import { type AwsAccount, awsAccount } from './aws-options.ts'
import { RegionMap } from './region-map.ts'

export interface StartedAws {
  readonly account: AwsAccount
  readonly endpoints: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** AWS: one endpoint for ECS and for what its use needs of EC2, CloudWatch Logs, IAM and STS. */
export async function startAws({
  world,
  log,
  options,
}: {
  readonly world: World
  readonly log: RequestLog
  readonly options: EmulatorOptions
}): Promise<StartedAws> {
  const account = awsAccount(options.aws)
  const { faults, time, closing } = world
  const { frontEnd: clock } = world.clocks
  const { dialects = {}, limits = {} } = options
  const logsDialect: LogsDialect = { ...LOGS_DIALECT, ...dialects.logs }
  const networks = new RegionMap(
    (region) => new NetworkStore(region, { openDefaultGroup: account.openDefaultSecurityGroup }),
  )
  const logs = new RegionMap(
    (region) =>
      new LogStore(
        {
          region,
          accountId: account.accountId,
          now: () => clock.read(),
          ingestionDelayInMs: time.toReal(logsDialect.ingestionDelayInMs),
        },
        account.logGroups,
      ),
  )
  const roles = new RoleStore(account.accountId, account.roles)
  const timeScale = time.scale
  const ecs = ecsService({
    world,
    account,
    networks,
    logs,
    roles,
    dialect: dialects.ecs,
    limits: limits.ecs,
  })
  const endpoint = awsEndpoint({
    account,
    clock,
    services: [
      ecs,
      ec2Service({ account, networks, timeScale, limits: limits.ec2 }),
      logsService({ stores: logs, dialect: logsDialect, timeScale, limits: limits.logs }),
      iamService(roles),
      stsService(account),
    ],
  })
  const parts = { endpoint, faults, log, time, closing, clock, description: world.describe('ecs') }
  const port = options.port ?? 0
  // The two before it are ARM's.
  const http = await listen(parts, { port: port === 0 ? 0 : port + 2 })
  return {
    account,
    endpoints: { aws: http.origin },
    environment: {
      AWS_ENDPOINT_URL: http.origin,
      AWS_ACCESS_KEY_ID: account.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
      AWS_REGION: account.region,
      // The command line reads this one; the SDK for JavaScript does not.
      AWS_DEFAULT_REGION: account.region,
      ...(account.roles.includes('ecsTaskRole') && { BERTH_ECS_TASK_ROLE: 'ecsTaskRole' }),
      // Nobody is to be asked for other credentials.
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    async close() {
      await http.close()
      await ecs.close?.()
    },
  }
}
