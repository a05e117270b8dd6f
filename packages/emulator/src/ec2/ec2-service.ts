import type { AwsOperation } from '../aws/aws-operation.ts'
import type { AwsService } from '../aws/aws-service.ts'
import { AwsThrottle } from '../aws/aws-throttle.ts'
import { queryProtocol } from '../aws/query-protocol.ts'
import {
  authorizeIngress,
  createSecurityGroup,
  deleteSecurityGroup,
  revokeIngress,
} from './change-security-groups.ts'
import {
  describeAvailabilityZones,
  describeInternetGateways,
  describeNetworkInterfaces,
  describeRouteTables,
  describeSecurityGroups,
  describeSubnets,
  describeVpcs,
} from './describe-network.ts'
import { requestLimitExceeded } from './ec2-errors.ts'
import { EC2_LIMITS, type Ec2Limits } from './ec2-limits.ts'
import type { Ec2Parts } from './ec2-parts.ts'
import { createTags, deleteTags } from './tags.ts'

export interface Ec2ServiceOptions extends Ec2Parts {
  readonly timeScale: number
  readonly limits?: Partial<Ec2Limits> | undefined
}

/** Of EC2, the networks that tasks are in. */
export function ec2Service({ timeScale, limits, ...parts }: Ec2ServiceOptions): AwsService {
  const sizes = { ...EC2_LIMITS, ...limits }
  // Each action has buckets of its own.
  const throttle = new AwsThrottle(
    (action) => (action.startsWith('Describe') ? sizes.reads : sizes.writes),
    timeScale,
  )
  return {
    name: 'ec2',
    protocol: queryProtocol({
      version: '2016-11-15',
      namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
      isEc2: true,
    }),
    operations: operationsOf(parts),
    admits: (operation, region) => throttle.admits(operation, region),
    throttled: requestLimitExceeded,
  }
}

const HANDLERS = {
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeVpcs: describeVpcs,
  DescribeSubnets: describeSubnets,
  DescribeRouteTables: describeRouteTables,
  DescribeInternetGateways: describeInternetGateways,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DescribeSecurityGroups: describeSecurityGroups,
  CreateSecurityGroup: createSecurityGroup,
  DeleteSecurityGroup: deleteSecurityGroup,
  AuthorizeSecurityGroupIngress: authorizeIngress,
  RevokeSecurityGroupIngress: revokeIngress,
  CreateTags: createTags,
  DeleteTags: deleteTags,
}

function operationsOf(parts: Ec2Parts): readonly AwsOperation[] {
  return Object.entries(HANDLERS).map(([name, handle]) => ({
    name,
    resourceName: (request) => {
      const { GroupName, GroupId } = request.input<{ GroupName?: unknown; GroupId?: unknown }>()
      return [GroupName, GroupId].find((one): one is string => typeof one === 'string')
    },
    handle: (request) => handle(request, parts),
  }))
}
