/** What a field of a message holds, by its number. */
export type MessageSchema = Readonly<Record<number, FieldSchema>>

export interface FieldSchema {
  readonly name: string
  readonly type: 'string' | 'bytes' | 'boolean' | MessageSchema
  readonly isList?: boolean
  /** Its values are the entries of a map, whose values are of the type. */
  readonly isMap?: boolean
}

const METADATA: MessageSchema = {
  1: { name: 'name', type: 'string' },
  2: { name: 'generateName', type: 'string' },
  3: { name: 'namespace', type: 'string' },
  11: { name: 'labels', type: 'string', isMap: true },
  12: { name: 'annotations', type: 'string', isMap: true },
  14: { name: 'finalizers', type: 'string', isList: true },
}

const metadata: FieldSchema = { name: 'metadata', type: METADATA }

/** The objects that typed subcommands of kubectl send, with the field numbers of Kubernetes' published .proto files. */
export const MESSAGES: Readonly<Record<string, MessageSchema>> = {
  Namespace: { 1: metadata },
  ServiceAccount: { 1: metadata },
  ConfigMap: {
    1: metadata,
    2: { name: 'data', type: 'string', isMap: true },
    3: { name: 'binaryData', type: 'bytes', isMap: true },
    4: { name: 'immutable', type: 'boolean' },
  },
  Secret: {
    1: metadata,
    2: { name: 'data', type: 'bytes', isMap: true },
    3: { name: 'type', type: 'string' },
    4: { name: 'stringData', type: 'string', isMap: true },
    5: { name: 'immutable', type: 'boolean' },
  },
  SelfSubjectReview: { 1: metadata },
  SelfSubjectRulesReview: {
    1: metadata,
    2: { name: 'spec', type: { 1: { name: 'namespace', type: 'string' } } },
  },
  SelfSubjectAccessReview: {
    1: metadata,
    2: {
      name: 'spec',
      type: {
        1: {
          name: 'resourceAttributes',
          type: {
            1: { name: 'namespace', type: 'string' },
            2: { name: 'verb', type: 'string' },
            3: { name: 'group', type: 'string' },
            4: { name: 'version', type: 'string' },
            5: { name: 'resource', type: 'string' },
            6: { name: 'subresource', type: 'string' },
            7: { name: 'name', type: 'string' },
          },
        },
        2: {
          name: 'nonResourceAttributes',
          type: { 1: { name: 'path', type: 'string' }, 2: { name: 'verb', type: 'string' } },
        },
      },
    },
  },
}
