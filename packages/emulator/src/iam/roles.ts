import { AwsError } from '../aws/aws-error.ts'
import type { AwsRequest } from '../aws/aws-operation.ts'
import { deleteConflict, entityAlreadyExists, noSuchEntity, validationError } from './iam-errors.ts'
import type { Role, RoleStore } from './role-store.ts'

interface RoleInput {
  readonly RoleName?: string
  readonly Path?: string
  readonly AssumeRolePolicyDocument?: string
  readonly Description?: string
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[]
  readonly TagKeys?: readonly string[]
  readonly PolicyArn?: string
  readonly PolicyName?: string
  readonly PolicyDocument?: string
}

export function createRole(request: AwsRequest, roles: RoleStore): object {
  const input = request.input<RoleInput>()
  const { RoleName: name = '', Path: path = '/', AssumeRolePolicyDocument: trustPolicy = '' } = input
  if (!/^[\w+=,.@-]{1,64}$/.test(name))
    throw validationError(
      'The specified value for roleName is invalid. It must have 1 to 64 of A-Za-z0-9+=,.@_-',
    )
  checkPolicy(trustPolicy)
  if (roles.get(name)) throw entityAlreadyExists(`Role with name ${name} already exists.`)
  const role = roles.add({ name, path, trustPolicy, description: input.Description, tags: readTags(input) })
  return { Role: renderRole(role) }
}

export function getRole(request: AwsRequest, roles: RoleStore): object {
  return { Role: renderRole(requireRole(request, roles)) }
}

export function listRoles(_: AwsRequest, roles: RoleStore): object {
  return { Roles: roles.all().map(renderRole), IsTruncated: false }
}

/** Only one that has no policies left. */
export function deleteRole(request: AwsRequest, roles: RoleStore): object {
  const role = requireRole(request, roles)
  if (role.attached.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
  if (role.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
  roles.delete(role)
  return {}
}

export function attachRolePolicy(request: AwsRequest, roles: RoleStore): object {
  const { PolicyArn: arn = '' } = request.input<RoleInput>()
  const role = requireRole(request, roles)
  if (!/^arn:aws:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/.test(arn))
    throw validationError(`ARN ${arn} is not valid.`)
  role.attached.add(arn)
  return {}
}

export function detachRolePolicy(request: AwsRequest, roles: RoleStore): object {
  const { PolicyArn: arn = '' } = request.input<RoleInput>()
  if (!requireRole(request, roles).attached.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
  return {}
}

export function listAttachedRolePolicies(request: AwsRequest, roles: RoleStore): object {
  const policies = [...requireRole(request, roles).attached]
  return {
    AttachedPolicies: policies.map((arn) => ({ PolicyName: arn.split('/').at(-1) ?? '', PolicyArn: arn })),
    IsTruncated: false,
  }
}

export function putRolePolicy(request: AwsRequest, roles: RoleStore): object {
  const { PolicyName: name = '', PolicyDocument: document = '' } = request.input<RoleInput>()
  const role = requireRole(request, roles)
  checkPolicy(document)
  role.inline.set(name, document)
  return {}
}

export function getRolePolicy(request: AwsRequest, roles: RoleStore): object {
  const { PolicyName: name = '' } = request.input<RoleInput>()
  const role = requireRole(request, roles)
  const document = role.inline.get(name)
  if (document === undefined) throw noPolicy(name)
  return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeURIComponent(document) }
}

export function listRolePolicies(request: AwsRequest, roles: RoleStore): object {
  return { PolicyNames: [...requireRole(request, roles).inline.keys()], IsTruncated: false }
}

export function deleteRolePolicy(request: AwsRequest, roles: RoleStore): object {
  const { PolicyName: name = '' } = request.input<RoleInput>()
  if (!requireRole(request, roles).inline.delete(name)) throw noPolicy(name)
  return {}
}

export function tagRole(request: AwsRequest, roles: RoleStore): object {
  const role = requireRole(request, roles)
  for (const [key, value] of readTags(request.input<RoleInput>())) role.tags.set(key, value)
  return {}
}

export function untagRole(request: AwsRequest, roles: RoleStore): object {
  const role = requireRole(request, roles)
  for (const key of request.input<RoleInput>().TagKeys ?? []) role.tags.delete(key)
  return {}
}

export function listRoleTags(request: AwsRequest, roles: RoleStore): object {
  return { Tags: renderTags(requireRole(request, roles)), IsTruncated: false }
}

function requireRole(request: AwsRequest, roles: RoleStore): Role {
  const { RoleName: name = '' } = request.input<RoleInput>()
  const role = roles.get(name)
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return role
}

function noPolicy(name: string): AwsError {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`)
}

function checkPolicy(document: string): void {
  try {
    JSON.parse(document)
  } catch {
    throw new AwsError(400, 'MalformedPolicyDocument', 'This policy contains invalid Json')
  }
}

function readTags({ Tags = [] }: RoleInput): Map<string, string> {
  return new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

function renderRole(role: Role): object {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: 3_600,
    Tags: renderTags(role),
  }
}

function renderTags({ tags }: Role): object[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }))
}
