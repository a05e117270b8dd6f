import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, eventually, PODS, type Shown, startCluster } from './cluster.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'

describe('objects', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster[Symbol.asyncDispose]())

  const map = (name: string, more: object = {}) =>
    cluster.ask('POST', MAPS, { metadata: { name, ...more }, data: { key: 'value' } })

  it('nobody gets in without a token that is known', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${cluster.token}`]) {
      const { status, body } = await cluster.ask('GET', MAPS, undefined, { authorization })
      expect(status).toBe(401)
      expect(body).toMatchObject({ kind: 'Status', reason: 'Unauthorized', code: 401 })
      expect((await cluster.ask('GET', '/version', undefined, { authorization })).status).toBe(200)
    }
  })

  it('a change is refused that rests on an outdated version, and one of nothing makes none', async () => {
    const { body: made } = await map('versions')
    const changed = { ...made, data: { key: 'other' } }
    const { body: second } = await cluster.ask('PUT', `${MAPS}/versions`, changed)
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion))
    const { status, body: refused } = await cluster.ask('PUT', `${MAPS}/versions`, changed)
    expect(status).toBe(409)
    expect(refused).toMatchObject({ reason: 'Conflict', details: { name: 'versions', kind: 'configmaps' } })
    const { body: same } = await cluster.ask('PUT', `${MAPS}/versions`, second)
    expect(same.metadata.resourceVersion).toBe(second.metadata.resourceVersion)
    expect(same.metadata.uid).toBe(made.metadata.uid)
  })

  it('merge, JSON and strategic merge patches', async () => {
    await map('patched', { labels: { a: '1', b: '2' } })
    const patch = (type: string, body: unknown) =>
      cluster.ask('PATCH', `${MAPS}/patched`, body, { 'content-type': `application/${type}-patch+json` })
    const { body: merged } = await patch('merge', { metadata: { labels: { a: null, c: '3' } } })
    expect(merged.metadata.labels).toEqual({ b: '2', c: '3' })
    const operations = [
      { op: 'test', path: '/data/key', value: 'value' },
      { op: 'add', path: '/metadata/annotations', value: { 'x/y': 'z' } },
      { op: 'remove', path: '/metadata/labels/b' },
    ]
    const { body: operated } = await patch('json', operations)
    expect(operated.metadata).toMatchObject({ labels: { c: '3' }, annotations: { 'x/y': 'z' } })
    const { status } = await patch('json', [{ op: 'test', path: '/data/key', value: 'other' }])
    expect(status).toBe(422)
    const { body: strategic } = await patch('strategic-merge', {
      metadata: { finalizers: ['a/b'], annotations: null },
    })
    expect(strategic.metadata).toMatchObject({ finalizers: ['a/b'] })
    expect(strategic.metadata.annotations).toBeUndefined()
    expect((await patch('apply', {})).status).toBe(415)
    await patch('json', [{ op: 'remove', path: '/metadata/finalizers' }])
  })

  it('what a finalizer holds goes with the last of them', async () => {
    await map('held', { finalizers: ['example.com/held'] })
    const { body: marked } = await cluster.ask('DELETE', `${MAPS}/held`)
    expect(marked.metadata.deletionTimestamp).toBeDefined()
    expect((await cluster.ask('GET', `${MAPS}/held`)).status).toBe(200)
    const headers = { 'content-type': 'application/merge-patch+json' }
    await cluster.ask('PATCH', `${MAPS}/held`, { metadata: { finalizers: null } }, headers)
    expect((await cluster.ask('GET', `${MAPS}/held`)).status).toBe(404)
  })

  it('what has no owner left goes, and what never had one', async () => {
    const { body: owner } = await map('owner')
    const reference = (uid: string) => ({
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }],
    })
    await map('owned', reference(owner.metadata.uid))
    await map('stray', reference('00000000-0000-0000-0000-000000000000'))
    await eventually(async () => (await cluster.ask('GET', `${MAPS}/stray`)).status).toBe(404)
    expect((await cluster.ask('GET', `${MAPS}/owned`)).status).toBe(200)
    await cluster.ask('DELETE', `${MAPS}/owner`)
    await eventually(async () => (await cluster.ask('GET', `${MAPS}/owned`)).status).toBe(404)
  })

  it('selects by labels and fields, and tells lists page by page as they were', async () => {
    for (const [name, tier] of [
      ['page-1', 'front'],
      ['page-2', 'back'],
      ['page-3', 'back'],
    ] as const)
      await map(name, { labels: { tier, pages: 'yes' } })
    const names = async (query: string) =>
      (await cluster.ask('GET', `${MAPS}?${query}`)).body.items.map(({ metadata }) => metadata.name)
    expect(await names('labelSelector=tier%3Dfront')).toEqual(['page-1'])
    expect(await names('labelSelector=pages,tier+notin+(front)')).toEqual(['page-2', 'page-3'])
    expect(await names('labelSelector=pages,tier!%3Dback')).toEqual(['page-1'])
    expect(await names('fieldSelector=metadata.name%3Dpage-3')).toEqual(['page-3'])
    expect((await cluster.ask('GET', `${MAPS}?fieldSelector=spec.x%3Dy`)).status).toBe(400)

    const { body: first } = await cluster.ask('GET', `${MAPS}?labelSelector=pages&limit=2`)
    await cluster.ask('DELETE', `${MAPS}/page-3`)
    const rest = `${MAPS}?labelSelector=pages&limit=2&continue=${first.metadata.continue}`
    const { body: second } = await cluster.ask('GET', rest)
    expect(second.items.map(({ metadata }) => metadata.name)).toEqual(['page-3'])
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion)
    expect((await cluster.ask('GET', `${MAPS}?continue=unknown`)).status).toBe(410)
  })

  it('tells tables, or metadata alone, to whom asks for them', async () => {
    const { body: table } = await cluster.ask<{ columnDefinitions: Shown[]; rows: { cells: unknown[] }[] }>(
      'GET',
      '/api/v1/namespaces/kube-system',
      undefined,
      { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    )
    expect(table).toMatchObject({
      kind: 'Table',
      rows: [{ cells: ['kube-system', 'Active', expect.any(String)] }],
    })
    const { body: list } = await cluster.ask('GET', MAPS, undefined, {
      accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    })
    expect(list.kind).toBe('PartialObjectMetadataList')
    expect(list.items[0]).not.toHaveProperty('data')
  })

  it('a Secret keeps what it is told in plain words encoded, and refuses what is no base64 without telling it', async () => {
    const secrets = '/api/v1/namespaces/default/secrets'
    const { body } = await cluster.ask('POST', secrets, { metadata: { name: 's' }, stringData: { a: 'b' } })
    expect(body).toMatchObject({ type: 'Opaque', data: { a: 'Yg==' } })
    expect(body).not.toHaveProperty('stringData')
    const { status, body: refused } = await cluster.ask('POST', secrets, {
      metadata: { name: 'bad' },
      data: { a: 'a-secret!' },
    })
    expect(status).toBe(400)
    expect(JSON.stringify(refused)).not.toContain('a-secret')
  })

  it('refuses what cannot be, in the words of a server', async () => {
    const post = (path: string, body: object) => cluster.ask('POST', path, body)
    const container = { name: 'main', image: 'nginx' }
    const pod = (spec: object, metadata: object = { name: 'bad' }) => post(PODS, { metadata, spec })
    const cases = [
      [await map('Bad_Name'), 422, /metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123/],
      [await map('bad', { labels: { a: 'b c' } }), 422, /metadata.labels: Invalid value: "b c"/],
      [await pod({ containers: [] }), 422, /spec.containers: Required value/],
      [await pod({ containers: [{ name: 'main' }] }), 422, /spec.containers\[0\].image: Required value/],
      [await pod({ containers: [container, container] }), 422, /Duplicate value: "main"/],
      [
        await pod({ containers: [{ ...container, resources: { limits: { cpu: 'much' } } }] }),
        400,
        /quantities must match the regular expression/,
      ],
      [
        await pod({
          containers: [{ ...container, resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } }],
        }),
        422,
        /must be less than or equal to cpu limit of 1/,
      ],
      [
        await pod({ containers: [container], restartPolicy: 'Sometimes' }),
        422,
        /Unsupported value: "Sometimes"/,
      ],
      [
        await pod({ containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] }] }),
        422,
        /volumeMounts\[0\].name: Not found: "v"/,
      ],
      [
        await pod({ containers: [container], serviceAccountName: 'nobody' }),
        403,
        /error looking up service account default\/nobody/,
      ],
      [
        await post('/api/v1/namespaces/nowhere/pods', {
          metadata: { name: 'x' },
          spec: { containers: [container] },
        }),
        404,
        /namespaces "nowhere" not found/,
      ],
      [await cluster.ask('GET', `${PODS}/none`), 404, /pods "none" not found/],
      [await cluster.ask('GET', '/apis/apps/v1/deployments'), 404, /could not find the requested resource/],
      [await map('kube-root-ca.crt'), 409, /configmaps "kube-root-ca.crt" already exists/],
      [
        await cluster.ask(
          'POST',
          MAPS,
          { metadata: { name: 'x' } },
          { 'content-type': 'application/vnd.kubernetes.protobuf' },
        ),
        415,
        /accepted media types include: application\/json/,
      ],
    ] as const
    for (const [{ status, body }, wanted, words] of cases) {
      expect(body.message).toMatch(words)
      expect(status).toBe(wanted)
      expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code: wanted })
    }
  })

  it('a dry run stores nothing, and generated names are new', async () => {
    const { status } = await cluster.ask('POST', `${MAPS}?dryRun=All`, { metadata: { name: 'dry' } })
    expect(status).toBe(201)
    expect((await cluster.ask('GET', `${MAPS}/dry`)).status).toBe(404)
    const { body } = await cluster.ask('POST', MAPS, { metadata: { generateName: 'made-' } })
    expect(body.metadata.name).toMatch(/^made-[a-z0-9]{5}$/)
  })

  it('a namespace goes once it is empty', async () => {
    await cluster.ask('POST', '/api/v1/namespaces', { metadata: { name: 'short' } })
    const maps = '/api/v1/namespaces/short/configmaps'
    await cluster.ask('POST', maps, { metadata: { name: 'held', finalizers: ['a/b'] } })
    await cluster.ask('DELETE', '/api/v1/namespaces/short')
    await eventually(async () => (await cluster.ask('GET', maps)).body.items.length).toBe(1)
    const { body } = await cluster.ask('GET', '/api/v1/namespaces/short')
    expect(body.status.phase).toBe('Terminating')
    expect((await cluster.ask('POST', maps, { metadata: { name: 'late' } })).status).toBe(403)
    await cluster.ask('PATCH', `${maps}/held`, [{ op: 'remove', path: '/metadata/finalizers' }], {
      'content-type': 'application/json-patch+json',
    })
    await eventually(async () => (await cluster.ask('GET', '/api/v1/namespaces/short')).status).toBe(404)
  })
})
