import { exec, type GroupPlan, http, secret } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { convertPlanToKubernetes } from './convert-plan-to-kubernetes.ts'
import { anyKubernetes } from './kubernetes-flavour.ts'

const CANARY = 'a secret of nobody'

function convert(plan: GroupPlan, nativeSidecars = false) {
  return convertPlanToKubernetes(plan, plan.tags, { nativeSidecars, spotLabels: anyKubernetes.spotLabels })
}

describe('convertPlanToKubernetes', () => {
  it('makes one Pod of a run that needs no more, with the tags of ownership in it', async () => {
    const plan = await planForTest({ ports: [80], stopGrace: '1500ms', lifetime: { maxLifetime: '90s' } })
    const { pod, secret: none, service } = await convert(plan)
    expect([none, service]).toEqual([undefined, undefined])
    expect(pod.metadata).toMatchObject({
      name: plan.name,
      labels: { 'berth-run': plan.name, 'berth-token': plan.tags['berth-token'] },
      annotations: { 'berth-owner': 'a.b.c.1.2.3', 'berth-expires': plan.tags['berth-expires'] },
    })
    expect(pod.spec).toMatchObject({
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 2,
      activeDeadlineSeconds: 90,
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'app:1', ports: [{ containerPort: 80, protocol: 'TCP' }] }],
    })
  })

  it('keeps every dollar: Kubernetes would take two for one, and $(NAME) for a reference', async () => {
    const { pod } = await convert(
      await planForTest({
        command: ['sh', '-c', 'kill $$'],
        args: ['$(HOME)'],
        env: { A: '$$(A)' },
        health: { probe: exec(['test', '$X']) },
      }),
    )
    expect(pod.spec.containers[0]).toMatchObject({
      command: ['sh', '-c', 'kill $$$$'],
      args: ['$$(HOME)'],
      env: [{ name: 'A', value: '$$$$(A)' }],
      readinessProbe: { exec: { command: ['test', '$$X'] } },
    })
  })

  it('puts secrets into the Secret, and nowhere else', async () => {
    const { pod, secret: made } = await convert(
      await planForTest({
        image: 'registry.example/app:1',
        env: { PASSWORD: secret(CANARY) },
        files: { '/etc/key': secret(CANARY), '/etc/plain': { content: 'x', mode: 0o755 } },
        registry: { username: 'me', password: secret(CANARY) },
        volumes: { own: { kind: 'secret', options: { 'key.pem': secret(CANARY) } } },
        mounts: [{ volume: 'own', path: '/keys' }],
      }),
    )
    const encoded = Buffer.from(CANARY).toString('base64')
    expect(JSON.stringify(pod)).not.toMatch(new RegExp(`${CANARY}|${encoded}`))
    expect(made).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      data: { 'env-0-PASSWORD': encoded, 'file-0-0': encoded, 'volume-own-0': encoded },
      metadata: { labels: pod.metadata.labels },
    })
    expect(pod.spec).toMatchObject({ imagePullSecrets: [{ name: pod.metadata.name }] })
    expect(pod.spec.volumes?.[1]).toMatchObject({
      secret: { items: [{ mode: 0o400 }, { mode: 0o755, path: 'file-0-1' }] },
    })
    expect(pod.spec.containers[0]?.volumeMounts).toContainEqual(
      expect.objectContaining({ mountPath: '/etc/key', subPath: 'file-0-0', readOnly: true }),
    )
  })

  it('makes sidecars that end by themselves where the cluster has them', async () => {
    const plan = await planForTest({
      sidecars: { proxy: { image: 'proxy:1', ports: [8080] } },
      initContainers: { setup: { image: 'setup:1' } },
    })
    const names = (containers: readonly { readonly name: string }[] = []) =>
      containers.map(({ name }) => name)
    const old = await convert(plan)
    expect(names(old.pod.spec.containers)).toEqual(['main', 'proxy'])
    const { spec } = (await convert(plan, true)).pod
    expect(names(spec.containers)).toEqual(['main'])
    expect(spec.initContainers).toMatchObject([{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }])
  })

  it('gives a public run a Service, and places it as it was asked', async () => {
    const { pod, service } = await convert(
      await planForTest({
        ports: [80],
        expose: 'public',
        architecture: 'arm64',
        spot: true,
        cpu: 0.25,
        memory: '64Mi',
        health: { probe: http('/healthz'), interval: '1s' },
        options: { kubernetes: { service: 'NodePort', serviceAccountName: 'robot' } },
      }),
    )
    expect(service).toMatchObject({
      spec: {
        type: 'NodePort',
        selector: { 'berth-run': pod.metadata.name },
        ports: [{ port: 80, targetPort: 80 }],
      },
    })
    expect(pod.spec).toMatchObject({
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      serviceAccountName: 'robot',
      automountServiceAccountToken: true,
    })
    expect(JSON.stringify(pod.spec.affinity)).toContain('gke-spot')
    expect(pod.spec.containers[0]).toMatchObject({
      resources: { requests: { cpu: '250m', memory: '67108864' }, limits: { cpu: '250m' } },
      readinessProbe: { httpGet: { port: 80, path: '/healthz', scheme: 'HTTP' }, periodSeconds: 1 },
    })
  })
})
