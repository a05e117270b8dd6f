import { RunTaskCommand, type RunTaskCommandInput } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { startAws } from '../aws.ts'

describe('refusals of RunTask', () => {
  const network = (change: object) => ({
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], ...change } },
  })
  it.each<[string, string, Partial<RunTaskCommandInput>]>([
    ['ClusterNotFoundException', 'Cluster not found.', { cluster: 'nowhere' }],
    ['ClientException', 'TaskDefinition not found.', { taskDefinition: 'none:1' }],
    ['InvalidParameterException', "The subnet ID 'subnet-1' does not exist", network({})],
    ['InvalidParameterException', 'subnets can not be empty.', network({ subnets: [] })],
    [
      'InvalidParameterException',
      'Network Configuration must be provided',
      { networkConfiguration: undefined },
    ],
    ['InvalidParameterException', 'Count must be from 1 to 10.', { count: 11 }],
    [
      'InvalidParameterException',
      'No Container Instances were found in your cluster.',
      { launchType: 'EC2' },
    ],
    [
      'InvalidParameterException',
      'not both',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] },
    ],
    ['InvalidParameterException', 'startedBy must be at most 128', { startedBy: 'a'.repeat(129) }],
    ['InvalidParameterException', 'a valid taskRoleArn is not being used', { enableExecuteCommand: true }],
    ['PlatformUnknownException', 'The specified platform does not exist.', { platformVersion: '2.0' }],
    [
      'InvalidParameterException',
      'is not a container in the TaskDefinition',
      { overrides: { containerOverrides: [{ name: 'other' }] } },
    ],
    ['InvalidParameterException', 'Duplicate tag keys', { tags: [{ key: 'a' }, { key: 'a' }] }],
  ])('%s: %s', async (name, message, others) => {
    await using aws = await startAws()
    const definition = await aws.register([{}])
    const call = aws.ecs.send(new RunTaskCommand(aws.request(definition, others)))
    await expect(call).rejects.toMatchObject({ name, message: expect.stringContaining(message) })
  })
})
