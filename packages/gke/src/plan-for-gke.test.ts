import { describe, expect, it } from 'vitest'
import { clusterForTest } from '../test/clusters.ts'
import { planForTest } from '../test/plan-for-test.ts'
import { planForGke } from './plan-for-gke.ts'

type Spec = Parameters<typeof planForTest>[0]

const autopilot = clusterForTest()
const standard = clusterForTest({ autopilot: false })

describe('planForGke', () => {
  it('asks for the newer load balancer by class from 1.33 on, and by an annotation before', async () => {
    const plan = await planForTest({ ports: [80], expose: 'public' })
    expect(planForGke(plan, standard).plan.native).toEqual({
      loadBalancerClass: 'networking.gke.io/l4-regional-external',
    })
    const older = clusterForTest({ autopilot: false, version: '1.32.9-gke.1' })
    expect(planForGke(plan, older).plan.native).toEqual({
      serviceAnnotations: { 'cloud.google.com/l4-rbs': 'enabled' },
    })
  })

  it('leaves the load balancer that a spec chooses', async () => {
    const gke = { loadBalancerClass: 'of-ours', computeClass: 'Balanced' }
    const plan = await planForTest({ ports: [80], cpu: 1, memory: '1Gi', options: { gke } })
    expect(planForGke(plan, autopilot).plan.native).toEqual({
      loadBalancerClass: 'of-ours',
      nodeSelector: { 'cloud.google.com/compute-class': 'Balanced' },
    })
  })

  it.each<[Spec, RegExp]>([
    [
      { volumes: { data: { kind: 'host', options: { path: '/srv' } } } },
      /volumes\.data: Autopilot mounts no directory of a node but those below \/var\/log, not \/srv: leave it out, or use a Standard cluster/,
    ],
    [
      { options: { gke: { podSpec: { hostNetwork: true } } } },
      /options\.gke\.podSpec\.hostNetwork: Autopilot shares nothing/,
    ],
    [
      { options: { gke: { containerSecurityContext: { privileged: true } } } },
      /privileged: Autopilot runs no privileged container/,
    ],
  ])('refuses %o on Autopilot alone', async (spec, message) => {
    const plan = await planForTest(spec)
    expect(() => planForGke(plan, autopilot)).toThrow(message)
    expect(() => planForGke(plan, standard)).not.toThrow()
  })

  it('lets logs of the node be read', async () => {
    const plan = await planForTest({
      volumes: { logs: { kind: 'host', options: { path: '/var/log/pods' } } },
    })
    expect(() => planForGke(plan, autopilot)).not.toThrow()
  })
})
