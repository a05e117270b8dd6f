import type { AwsRequest } from '../aws/aws-operation.ts'
import type { AwsService } from '../aws/aws-service.ts'
import { queryProtocol } from '../aws/query-protocol.ts'
import { throttling } from './iam-errors.ts'
import type { RoleStore } from './role-store.ts'
import {
  attachRolePolicy,
  createRole,
  deleteRole,
  deleteRolePolicy,
  detachRolePolicy,
  getRole,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  listRoles,
  listRoleTags,
  putRolePolicy,
  tagRole,
  untagRole,
} from './roles.ts'

const HANDLERS: Readonly<Record<string, (request: AwsRequest, roles: RoleStore) => object>> = {
  CreateRole: createRole,
  GetRole: getRole,
  ListRoles: listRoles,
  DeleteRole: deleteRole,
  AttachRolePolicy: attachRolePolicy,
  DetachRolePolicy: detachRolePolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  PutRolePolicy: putRolePolicy,
  GetRolePolicy: getRolePolicy,
  ListRolePolicies: listRolePolicies,
  DeleteRolePolicy: deleteRolePolicy,
  TagRole: tagRole,
  UntagRole: untagRole,
  ListRoleTags: listRoleTags,
}

/** Of IAM, the roles that tasks are given. What the caller itself may do is never asked. */
export function iamService(roles: RoleStore): AwsService {
  return {
    name: 'iam',
    protocol: queryProtocol({
      version: '2010-05-08',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      isEc2: false,
    }),
    operations: Object.entries(HANDLERS).map(([name, handle]) => ({
      name,
      resourceName: (request) => request.input<{ readonly RoleName?: string }>().RoleName,
      handle: (request) => handle(request, roles),
    })),
    admits: () => true,
    throttled: throttling,
  }
}
