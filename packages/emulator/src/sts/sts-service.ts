import { AwsError } from '../aws/aws-error.ts'
import type { AwsAccount } from '../aws/aws-options.ts'
import type { AwsService } from '../aws/aws-service.ts'
import { queryProtocol } from '../aws/query-protocol.ts'

/** Of the Security Token Service, who one is. */
export function stsService({ accountId }: AwsAccount): AwsService {
  return {
    name: 'sts',
    protocol: queryProtocol({
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      isEc2: false,
    }),
    operations: [
      {
        name: 'GetCallerIdentity',
        handle: () => ({
          UserId: 'AIDAEMULATOR000000000',
          Account: accountId,
          Arn: `arn:aws:iam::${accountId}:user/emulator`,
        }),
      },
    ],
    admits: () => true,
    throttled: () => new AwsError(400, 'Throttling', 'Rate exceeded'),
  }
}
