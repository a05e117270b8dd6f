import type { TaskVolumeConfiguration, Volume } from '@aws-sdk/client-ecs'
import type { GroupPlan, VolumeSpec } from '@berth/core'

/** What each kind takes: its options, and which of them must be there. */
export const VOLUME_OPTIONS: Readonly<
  Record<
    string,
    { readonly known: readonly string[]; readonly needed: readonly string[]; readonly example: string }
  >
> = {
  empty: { known: [], needed: [], example: '' },
  efs: {
    known: ['fileSystemId', 'rootDirectory', 'accessPointId', 'iam', 'transitEncryption'],
    needed: ['fileSystemId'],
    example: "{ fileSystemId: 'fs-0123456789abcdef0' }",
  },
  ebs: {
    known: [
      'sizeInGiB',
      'roleArn',
      'volumeType',
      'snapshotId',
      'iops',
      'throughput',
      'filesystemType',
      'encrypted',
    ],
    needed: ['sizeInGiB', 'roleArn'],
    example: "{ sizeInGiB: 20, roleArn: 'arn:aws:iam::123456789012:role/ecsInfrastructureRole' }",
  },
}

/** The volumes as a task definition declares them. */
export function convertVolumes({ volumes }: Pick<GroupPlan, 'volumes'>): Volume[] {
  return Object.entries(volumes).map(([name, volume]) => ({
    name,
    ...convertVolume(volume),
  }))
}

/** What is told of a volume only when the task is started: the disk that is made for it, and goes with it. */
export function convertDisks({ volumes }: Pick<GroupPlan, 'volumes'>): TaskVolumeConfiguration[] {
  return Object.entries(volumes).flatMap(([name, { kind, options = {} }]) => {
    if (kind !== 'ebs') return []
    const { sizeInGiB, roleArn, volumeType, snapshotId, iops, throughput, filesystemType, encrypted } =
      options
    return [
      {
        name,
        managedEBSVolume: {
          roleArn: String(roleArn),
          sizeInGiB: Number(sizeInGiB),
          ...(volumeType !== undefined && { volumeType: String(volumeType) }),
          ...(snapshotId !== undefined && { snapshotId: String(snapshotId) }),
          ...(iops !== undefined && { iops: Number(iops) }),
          ...(throughput !== undefined && { throughput: Number(throughput) }),
          ...(filesystemType === 'ext3' || filesystemType === 'ext4' || filesystemType === 'xfs'
            ? { filesystemType }
            : {}),
          ...(encrypted !== undefined && { encrypted: encrypted === true }),
          terminationPolicy: { deleteOnTermination: true },
        },
      },
    ]
  })
}

function convertVolume({ kind, options = {} }: VolumeSpec): Omit<Volume, 'name'> {
  switch (kind) {
    case 'efs': {
      const { fileSystemId, rootDirectory, accessPointId, iam, transitEncryption } = options
      const authorizes = accessPointId !== undefined || iam === true
      return {
        efsVolumeConfiguration: {
          fileSystemId: String(fileSystemId),
          ...(rootDirectory !== undefined && { rootDirectory: String(rootDirectory) }),
          transitEncryption: transitEncryption === false && !authorizes ? 'DISABLED' : 'ENABLED',
          ...(authorizes && {
            authorizationConfig: {
              ...(accessPointId !== undefined && { accessPointId: String(accessPointId) }),
              iam: iam === true ? 'ENABLED' : 'DISABLED',
            },
          }),
        },
      }
    }
    case 'ebs':
      return { configuredAtLaunch: true }
    default:
      return { host: {} }
  }
}
