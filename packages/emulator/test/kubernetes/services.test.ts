import { expect, it } from 'vitest'
import { type Cluster, eventually, PODS, type Shown, startCluster } from './cluster.ts'

const SERVICES = '/api/v1/namespaces/default/services'

function expose(cluster: Cluster, name: string, spec: object, metadata: object = {}) {
  const ports = [{ port: 8080, targetPort: 'web' }]
  return cluster.ask('POST', SERVICES, {
    metadata: { name, ...metadata },
    spec: { selector: { run: 'web' }, ports, ...spec },
  })
}

async function answer(host: unknown, port: unknown): Promise<string> {
  const response = await fetch(`http://${host}:${port}/`).catch(() => null)
  return response === null ? 'refused' : await response.text()
}

it('Services lead to Pods that are ready, and go with the Pod that owns them', async () => {
  await using cluster = await startCluster({ backend: 'process', name: `services-${process.pid}` })
  const ports = [{ name: 'web', containerPort: 80 }]
  const pod = await cluster.run('web', { image: 'berth/hello', ports })
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'web', uid: pod.metadata.uid }
  const { body: balanced } = await expose(
    cluster,
    'balanced',
    { type: 'LoadBalancer' },
    { ownerReferences: [owner] },
  )
  const { body: inside } = await expose(cluster, 'inside', {})
  const { body: on } = await expose(cluster, 'on-node', { type: 'NodePort' })
  const { nodePort } = (on.spec.ports as { nodePort: number }[])[0] ?? { nodePort: 0 }
  expect(nodePort).toBeGreaterThanOrEqual(30_000)
  const { status } = await cluster.until('web', (one) => one.status.phase === 'Running')
  const ingress = async () => {
    const { body } = await cluster.ask('GET', `${SERVICES}/balanced`)
    const { ingress: [first] = [] } = body.status.loadBalancer as { ingress?: { ip: string }[] }
    return first?.ip
  }
  await eventually(ingress).toMatch(/^127\./)
  const address = await ingress()
  await eventually(() => answer(address, 8080)).toBe('hello')
  await eventually(() => answer(inside.spec.clusterIP, 8080)).toBe('hello')
  await eventually(() => answer(status.hostIP, nodePort)).toBe('hello')
  const { body: endpoints } = await cluster.ask('GET', '/api/v1/namespaces/default/endpoints/inside')
  expect(endpoints.subsets).toMatchObject([{ addresses: [{ ip: status.podIP }], ports: [{ port: 80 }] }])
  expect((await cluster.events('balanced')).map(({ reason }) => reason)).toContain('EnsuredLoadBalancer')

  await cluster.ask('DELETE', `${PODS}/web`, { gracePeriodSeconds: 1 })
  await eventually(async () => (await cluster.ask('GET', `${SERVICES}/balanced`)).status).toBe(404)
  expect((await cluster.ask('GET', `${SERVICES}/inside`)).status).toBe(200)
  await eventually(() => answer(inside.spec.clusterIP, 8080)).toBe('refused')
  expect(await answer(address, 8080)).toBe('refused')
  expect(balanced.metadata.uid).not.toBe(inside.metadata.uid)
})

it('refuses Services that cannot be', async () => {
  await using cluster = await startCluster()
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ ports: [] }, /spec.ports: Required value/],
    [{ type: 'Other' }, /Unsupported value: "Other"/],
    [{ clusterIP: '10.0.0.1' }, /provided IP is not in the valid range/],
    [{ ports: [{ port: 0 }] }, /must be between 1 and 65535/],
    [{ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }, /valid ports is 30000-32767/],
  ]
  for (const [spec, words] of cases) {
    const { status, body }: { status: number; body: Shown } = await expose(cluster, 'bad', spec)
    expect(body.message).toMatch(words)
    expect(status).toBe(422)
  }
})

it('variables and files come from Secrets, ConfigMaps and the Pod itself, once they are there', async () => {
  await using cluster = await startCluster({
    backend: 'process',
    name: `volumes-${process.pid}`,
    timeScale: 20,
  })
  const script = 'echo "$PLAIN $MINE $TOKEN"; cat "$BERTH_ROOT/etc/app/conf"; sleep 600'
  const secret = (key: string) => ({ valueFrom: { secretKeyRef: { name: 'credentials', key } } })
  await cluster.run(
    'reader',
    {
      image: 'berth/shell',
      command: ['sh', '-c', script],
      env: [
        { name: 'PLAIN', value: 'plain' },
        { name: 'MINE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'TOKEN', ...secret('token') },
      ],
      volumeMounts: [{ name: 'conf', mountPath: '/etc/app' }],
    },
    { volumes: [{ name: 'conf', configMap: { name: 'conf' } }] },
  )
  await eventually(async () => (await cluster.events('reader')).map(({ reason }) => reason)).toContain(
    'FailedMount',
  )
  await cluster.ask('POST', '/api/v1/namespaces/default/configmaps', {
    metadata: { name: 'conf' },
    data: { conf: 'from a map\n' },
  })
  const waiting = await cluster.until('reader', ({ status }) =>
    JSON.stringify(status).includes('ConfigError'),
  )
  expect(JSON.stringify(waiting.status)).toContain('secret \\"credentials\\" not found')
  await cluster.ask('POST', '/api/v1/namespaces/default/secrets', {
    metadata: { name: 'credentials' },
    stringData: { token: 'known' },
  })
  await cluster.until('reader', ({ status }) => status.phase === 'Running')
  await eventually(async () => (await cluster.ask<string>('GET', `${PODS}/reader/log`)).body).toBe(
    'plain reader known\nfrom a map\n',
  )
  const { body } = await cluster.ask('GET', `${PODS}/reader/log?container=none`)
  expect(body).toMatchObject({ code: 400, message: 'container none is not valid for pod reader' })
})
