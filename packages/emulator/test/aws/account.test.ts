import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs'
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, it } from 'vitest'
import { clientOptions, startAws } from '../aws.ts'

const EXECUTION_POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'
const trusts = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })

it('a role is made, given a policy, and deleted once it has none', async () => {
  await using aws = await startAws()
  const RoleName = 'execution'
  const AssumeRolePolicyDocument = trusts('ecs-tasks.amazonaws.com')
  const made = await aws.iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags: [{ Key: 'a', Value: 'b' }] }),
  )
  expect(made.Role?.Arn).toBe('arn:aws:iam::111122223333:role/execution')
  await aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: EXECUTION_POLICY }))
  const { AttachedPolicies } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
  expect(AttachedPolicies).toEqual([
    { PolicyName: 'AmazonECSTaskExecutionRolePolicy', PolicyArn: EXECUTION_POLICY },
  ])
  await expect(aws.iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
  await aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: EXECUTION_POLICY }))
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName }))
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(AssumeRolePolicyDocument)
  expect(Role?.Tags).toEqual([{ Key: 'a', Value: 'b' }])
  await aws.iam.send(new DeleteRoleCommand({ RoleName }))
  await expect(aws.iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
})

it('a role that does not trust tasks cannot be given to one', async () => {
  await using aws = await startAws()
  await aws.iam.send(
    new CreateRoleCommand({
      RoleName: 'other',
      AssumeRolePolicyDocument: trusts('ec2.amazonaws.com'),
    }),
  )
  const taskRoleArn = 'arn:aws:iam::111122223333:role/other'
  const definition = await aws.register([{}], { taskRoleArn })
  await expect(aws.run(definition)).rejects.toThrow(`ECS was unable to assume the role '${taskRoleArn}'`)
})

it('tells who one is', async () => {
  await using aws = await startAws({ aws: { accountId: '444455556666' } })
  const sts = new STSClient(clientOptions(aws.emulator))
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}))
  expect([Account, Arn]).toEqual(['444455556666', 'arn:aws:iam::444455556666:user/emulator'])
})

it('every region is there, with things of its own', async () => {
  await using aws = await startAws()
  const elsewhere = { ...clientOptions(aws.emulator), region: 'eu-central-1' }
  const here = await aws.ec2.send(new DescribeVpcsCommand({}))
  const there = await new EC2Client(elsewhere).send(new DescribeVpcsCommand({}))
  expect(there.Vpcs?.[0]?.VpcId).not.toBe(here.Vpcs?.[0]?.VpcId)
  const { clusters } = await new ECSClient(elsewhere).send(new DescribeClustersCommand({}))
  expect(clusters?.[0]?.clusterArn).toBe('arn:aws:ecs:eu-central-1:111122223333:cluster/default')
})
