import type { DockerNativeOptions } from './docker-native-options.ts'
import type { DeviceBody, HostConfigBody } from './engine/index.ts'

/** The options that concern a network: of the container that holds it. */
export function nativeNetworkConfig({ network, dns, extraHosts }: DockerNativeOptions): HostConfigBody {
  return { NetworkMode: network, Dns: dns, ExtraHosts: extraHosts }
}

/** The options that concern each container. */
export function nativeHostConfig(native: DockerNativeOptions): HostConfigBody {
  const { ulimits, devices, logDriver } = native
  return {
    Runtime: native.runtime,
    CapAdd: native.capAdd,
    CapDrop: native.capDrop,
    Privileged: native.privileged,
    Devices: devices?.map(convertDevice),
    ShmSize: native.shmSize,
    Ulimits:
      ulimits && Object.entries(ulimits).map(([Name, { soft, hard }]) => ({ Name, Soft: soft, Hard: hard })),
    ReadonlyRootfs: native.readonlyRootfs,
    Init: native.init,
    Tmpfs: native.tmpfs,
    SecurityOpt: native.securityOpt,
    LogConfig: logDriver && { Type: logDriver.type, ...(logDriver.options && { Config: logDriver.options }) },
  }
}

/** `/dev/fuse`, `/dev/fuse:/dev/other`, `/dev/fuse:/dev/other:r`, as the docker command takes them. */
function convertDevice(text: string): DeviceBody {
  const [host = '', second, third] = text.split(':')
  const isPath = second?.startsWith('/')
  return {
    PathOnHost: host,
    PathInContainer: isPath && second ? second : host,
    CgroupPermissions: third ?? (isPath ? undefined : second) ?? 'rwm',
  }
}
