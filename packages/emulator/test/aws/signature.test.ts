import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { expect, it } from 'vitest'
import { clientOptions, startAws } from '../aws.ts'

/** A client that signs in another way, or at another time. */
const wrongSecret = { secretAccessKey: 'wrong' }
const wrongKey = { accessKeyId: 'AKIAWRONG' }
const withToken = { sessionToken: 'token' }

it.each([
  ['ECS', wrongSecret, 'InvalidSignatureException', 400],
  ['ECS', wrongKey, 'UnrecognizedClientException', 400],
  ['ECS', withToken, 'UnrecognizedClientException', 400],
  ['IAM', wrongSecret, 'SignatureDoesNotMatch', 403],
  ['IAM', wrongKey, 'InvalidClientTokenId', 403],
  ['EC2', wrongSecret, 'AuthFailure', 401],
  ['EC2', wrongKey, 'AuthFailure', 401],
] as const)('%s answers %j with %s', async (service, change, name, status) => {
  await using aws = await startAws()
  const right = clientOptions(aws.emulator)
  const options = { ...right, credentials: { ...right.credentials, ...change } }
  const call = {
    ECS: () => new ECSClient(options).send(new ListClustersCommand({})),
    IAM: () => new IAMClient(options).send(new GetRoleCommand({ RoleName: 'ecsTaskRole' })),
    EC2: () => new EC2Client(options).send(new DescribeVpcsCommand({})),
  }[service]
  await expect(call()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } })
})

it.each([
  [-600_000, 'Signature expired: '],
  [600_000, 'Signature not yet current: '],
])(
  'a request that is signed %d ms off is refused',
  async (offsetInMs, message) => {
    await using aws = await startAws()
    aws.emulator.clocks.frontEnd.set({ offsetInMs: -offsetInMs })
    const settings = clientOptions(aws.emulator)
    await expect(new ECSClient(settings).send(new ListClustersCommand({}))).rejects.toThrow(message)
  },
  10_000,
)

it('nobody is let in without a signature, and nobody is told what is there', async () => {
  await using aws = await startAws()
  const url = aws.emulator.endpoints.aws ?? ''
  const target = (operation: string) => `AmazonEC2ContainerServiceV20141113.${operation}`
  const ask = (headers: Record<string, string>, body = '{}') => fetch(url, { method: 'POST', headers, body })
  for (const operation of ['ListClusters', 'NoSuchOperation']) {
    const answer = await ask({ 'x-amz-target': target(operation) })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  }
  const malformed = await ask({ 'x-amz-target': target('ListClusters'), authorization: 'AWS4-HMAC-SHA256 x' })
  expect(await malformed.json()).toMatchObject({ __type: 'IncompleteSignatureException' })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const ec2 = await ask(form, 'Action=DescribeVpcs&Version=2016-11-15')
  expect([ec2.status, await ec2.text()]).toEqual([
    400,
    expect.stringContaining('<Code>MissingParameter</Code>'),
  ])
  const unknown = await ask({ 'x-amz-target': 'Other_20200101.List' })
  expect(await unknown.json()).toMatchObject({ __type: 'UnknownOperationException' })
  expect(unknown.headers.get('berth-emulator')).toBe(aws.emulator.description)
})

it('what is signed cannot be changed on its way', async () => {
  await using aws = await startAws()
  const client = new ECSClient(clientOptions(aws.emulator))
  client.middlewareStack.add(
    (next) => (wire) => {
      Object.assign(wire.request as object, { body: '[]' })
      return next(wire)
    },
    { step: 'deserialize', name: 'changeBody' },
  )
  await expect(client.send(new ListClustersCommand({}))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  })
})

it('secrets of the access key stand in no log', async () => {
  await using aws = await startAws()
  await aws.ecs.send(new ListClustersCommand({}))
  const { AWS_SECRET_ACCESS_KEY = '' } = aws.emulator.environment
  expect(AWS_SECRET_ACCESS_KEY).toHaveLength(40)
  const requests = aws.emulator.requests()
  expect(requests.at(-1)).toMatchObject({ endpoint: 'aws', service: 'ecs', operation: 'ListClusters' })
  expect(JSON.stringify(requests)).not.toContain(AWS_SECRET_ACCESS_KEY)
})
