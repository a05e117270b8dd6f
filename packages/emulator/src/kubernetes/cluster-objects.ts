import { toMicrosecond, toSecond } from './cluster-time.ts'
import { gitVersion } from './discovery/server-version.ts'
import type { ClusterNode, KubernetesParts } from './kubernetes-parts.ts'
import type { Node } from './objects/objects.ts'

/** What every cluster has from the start, and every namespace once it is made. */
export function makeClusterObjects(
  parts: KubernetesParts,
  { namespaces, certificateAuthority }: { namespaces: readonly string[]; certificateAuthority: string },
): void {
  const { store } = parts
  store.subscribe('namespaces', ({ type, object }) => {
    if (type !== 'ADDED') return
    const namespace = object.metadata.name
    store.add('serviceaccounts', { metadata: { name: 'default', namespace } })
    store.add('configmaps', {
      metadata: { name: 'kube-root-ca.crt', namespace },
      data: { 'ca.crt': certificateAuthority },
    })
  })
  for (const name of namespaces)
    store.add('namespaces', {
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  for (const node of parts.nodes) {
    store.add('nodes', nodeObject(node, parts))
    store.add('leases', leaseOf(node))
  }
}

/** Where containers find the API server itself, once it listens. */
export function makeApiService({ store }: KubernetesParts, { hostname, port }: URL): void {
  store.add('services', {
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: hostname,
      clusterIPs: [hostname],
      ports: [{ name: 'https', protocol: 'TCP', port: Number(port), targetPort: Number(port) }],
    },
    status: { loadBalancer: {} },
  })
}

function leaseOf({ name, clock }: ClusterNode) {
  const renewTime = toMicrosecond(clock.read())
  return {
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime },
  }
}

function nodeObject(node: ClusterNode, { world, dialect }: KubernetesParts): Node {
  const { name, labels, taints, capacity, address, clock } = node
  const at = toSecond(clock.read())
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
    reason,
    message,
  })
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': process.arch === 'arm64' ? 'arm64' : 'amd64',
        ...labels,
      },
    },
    spec: { providerID: `berth-emulator://${name}`, ...(taints.length > 0 && { taints }) },
    status: {
      capacity,
      allocatable: capacity,
      conditions: [
        condition(
          'MemoryPressure',
          'False',
          'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available',
        ),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
        containerRuntimeVersion: `berth-emulator://${world.backend.kind}`,
        kernelVersion: '',
        kubeletVersion: gitVersion(dialect.minorVersion),
        kubeProxyVersion: gitVersion(dialect.minorVersion),
        operatingSystem: 'linux',
        osImage: 'Berth emulator',
        machineID: '',
        systemUUID: '',
        bootID: '',
      },
    },
  }
}
