import { type GroupPlan, isSecret, isSecretRef, type PlannedContainer } from '@berth/core'
import type { EnvironmentVariable, PodContainer, PodVolume, Resources } from './cluster/pod.ts'
import { convertFiles } from './convert-files.ts'
import { convertProbe } from './convert-probe.ts'
import { escapeReferences } from './escape-references.ts'
import { secretKey, specVolume } from './kubernetes-names.ts'
import type { KubernetesNativeOptions } from './kubernetes-native-options.ts'
import type { SecretContents } from './secret-contents.ts'

/** A container, and the volumes that it brings with it. */
export interface ConvertedContainer {
  readonly container: PodContainer
  readonly volumes: readonly PodVolume[]
}

/** One container of a plan. What is secret of it goes into the run's Secret. `index` tells the containers of the run apart. */
export async function convertContainer(
  plan: GroupPlan,
  planned: PlannedContainer,
  index: number,
  secret: SecretContents,
): Promise<ConvertedContainer> {
  const { command, args, env, workingDirectory, ports, mounts, health } = planned
  const native = (plan.native ?? {}) as KubernetesNativeOptions
  const [files, variables] = await Promise.all([
    convertFiles(planned, index, plan.name, secret),
    Promise.all(
      Object.entries(env).map(([name, value]) => convertVariable(name, value, index, plan.name, secret)),
    ),
  ])
  const volumeMounts = [
    ...mounts.map(({ volume, path, readOnly }) => ({
      name: specVolume(volume),
      mountPath: path,
      readOnly,
    })),
    ...files.mounts,
  ]
  const resources = convertResources(planned)
  return {
    volumes: files.volumes,
    container: {
      name: planned.name,
      image: planned.image,
      ...(command?.length && { command: command.map(escapeReferences) }),
      ...(args?.length && { args: args.map(escapeReferences) }),
      ...(workingDirectory !== undefined && { workingDir: workingDirectory }),
      ...(variables.length > 0 && { env: variables }),
      ...(ports.length > 0 && {
        ports: ports.map(({ port, protocol }) => ({
          containerPort: port,
          protocol: protocol === 'udp' ? 'UDP' : 'TCP',
        })),
      }),
      ...(resources && { resources }),
      ...(volumeMounts.length > 0 && { volumeMounts }),
      ...(health && { readinessProbe: convertProbe(health, planned) }),
      ...(native.imagePullPolicy && { imagePullPolicy: native.imagePullPolicy }),
      ...(native.containerSecurityContext && { securityContext: native.containerSecurityContext }),
    },
  }
}

/** What is asked for is both reserved and not to be exceeded. */
function convertResources({ cpu, memoryInBytes }: PlannedContainer): Resources | undefined {
  if (cpu === undefined && memoryInBytes === undefined) return undefined
  const asked = {
    ...(cpu !== undefined && { cpu: `${Math.max(1, Math.round(cpu * 1_000))}m` }),
    ...(memoryInBytes !== undefined && { memory: String(Math.ceil(memoryInBytes)) }),
  }
  return { requests: asked, limits: asked }
}

async function convertVariable(
  name: string,
  value: PlannedContainer['env'][string],
  index: number,
  secretName: string,
  secret: SecretContents,
): Promise<EnvironmentVariable> {
  if (isSecretRef(value)) {
    const [of = '', key = ''] = value.reference.split('/')
    return { name, valueFrom: { secretKeyRef: { name: of, key } } }
  }
  if (!isSecret(value)) return { name, value: escapeReferences(value) }
  const key = secretKey.variable(index, name)
  await secret.add(key, value)
  return { name, valueFrom: { secretKeyRef: { name: secretName, key } } }
}
