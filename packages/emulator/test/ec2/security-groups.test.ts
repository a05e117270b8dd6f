import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { expect, it } from 'vitest'
import { startAws } from '../aws.ts'

const fromAnywhere = {
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'everyone' }],
}

it('a region has a default network whose subnets are public', async () => {
  await using aws = await startAws()
  const isDefault = { Filters: [{ Name: 'is-default', Values: ['true'] }] }
  const { Vpcs: [vpc] = [] } = await aws.ec2.send(new DescribeVpcsCommand(isDefault))
  expect(vpc).toMatchObject({ IsDefault: true, CidrBlock: '172.31.0.0/16', State: 'available' })
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [vpc?.VpcId ?? ''] }] }
  const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand(ofVpc))
  expect(Subnets.map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual([
    'us-east-1a',
    'us-east-1b',
    'us-east-1c',
  ])
  const { RouteTables: [table] = [] } = await aws.ec2.send(new DescribeRouteTablesCommand(ofVpc))
  const ofGateway = { Filters: [{ Name: 'attachment.vpc-id', Values: [vpc?.VpcId ?? ''] }] }
  const { InternetGateways: [gateway] = [] } = await aws.ec2.send(
    new DescribeInternetGatewaysCommand(ofGateway),
  )
  const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0')
  expect(route?.GatewayId).toBe(gateway?.InternetGatewayId)
})

it('a security group is made with its tags, opened, closed and deleted', async () => {
  await using aws = await startAws()
  const TagSpecifications = [
    { ResourceType: 'security-group' as const, Tags: [{ Key: 'owner', Value: 'a & <b>' }] },
  ]
  const made = await aws.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'for the web', TagSpecifications }),
  )
  const GroupId = made.GroupId ?? ''
  const rules = { GroupId, IpPermissions: [fromAnywhere] }
  const authorized = await aws.ec2.send(new AuthorizeSecurityGroupIngressCommand(rules))
  expect(authorized.SecurityGroupRules?.[0]).toMatchObject({ GroupId, FromPort: 80, CidrIpv4: '0.0.0.0/0' })
  await aws.ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags: [{ Key: 'more', Value: '' }] }))
  const byTag = { Filters: [{ Name: 'tag:owner', Values: ['a*'] }] }
  const { SecurityGroups: [group] = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand(byTag))
  expect(group).toMatchObject({
    GroupName: 'web',
    Description: 'for the web',
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: [
      { Key: 'owner', Value: 'a & <b>' },
      { Key: 'more', Value: '' },
    ],
  })
  const again = aws.ec2.send(new AuthorizeSecurityGroupIngressCommand(rules))
  await expect(again).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' })
  const twice = aws.ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'again' }))
  await expect(twice).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' })
  await aws.ec2.send(new RevokeSecurityGroupIngressCommand(rules))
  await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
  const gone = aws.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }))
  await expect(gone).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' })
})

it('a group in which a task is cannot be deleted', async () => {
  await using aws = await startAws()
  const { GroupId = '' } = await aws.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'for the web' }),
  )
  const { taskArn = '' } = await aws.run(await aws.register([{}]), {
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: aws.network.subnets,
        securityGroups: [GroupId],
        assignPublicIp: 'ENABLED',
      },
    },
  })
  await aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')
  const deletion = aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
  await expect(deletion).rejects.toMatchObject({ name: 'DependencyViolation' })
})

it('interfaces are found by filter, many at once, in pages', async () => {
  await using aws = await startAws()
  const definition = await aws.register([{}])
  const tasks = await Promise.all(Array.from({ length: 7 }, () => aws.run(definition)))
  const running = await Promise.all(
    tasks.map(({ taskArn = '' }) => aws.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING')),
  )
  const Values = running.map(
    ({ attachments }) =>
      attachments?.[0]?.details?.find(({ name }) => name === 'networkInterfaceId')?.value ?? '',
  )
  const Filters = [{ Name: 'network-interface-id', Values: [...Values, 'eni-00000000000000000'] }]
  const all = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))
  expect(all.NetworkInterfaces).toHaveLength(7)
  expect(new Set(all.NetworkInterfaces?.map(({ Association }) => Association?.PublicIp)).size).toBe(7)
  const first = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 5 }))
  const { NextToken } = first
  const rest = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 5, NextToken }))
  expect([first.NetworkInterfaces?.length, rest.NetworkInterfaces?.length, rest.NextToken]).toEqual([
    5,
    2,
    undefined,
  ])
})
