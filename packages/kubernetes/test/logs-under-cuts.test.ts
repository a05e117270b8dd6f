import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kubernetes } from '../src/index.ts'
import { type Gateway, openGateway } from './gateway.ts'
import { busybox, hasCluster } from './use-cluster.ts'

/** Thirty seconds, by BERTH_LOG_SECONDS; fewer in every check. */
const SECONDS = Number(process.env.BERTH_LOG_SECONDS ?? 8)
const LINES_A_SECOND = 1_000
const CUTS = 5

describe.skipIf(!hasCluster)('a followed log', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await openGateway()
  })
  afterAll(() => gateway?.close())

  it(`of ${LINES_A_SECOND} lines a second for ${SECONDS} s, cut ${CUTS} times, has every line once and in order`, {
    timeout: (SECONDS + 60) * 1_000,
  }, async () => {
    await using provider = kubernetes({ cluster: async () => gateway.endpoint })
    const script = `n=0; for s in $(seq ${SECONDS}); do i=0; while [ $i -lt ${LINES_A_SECOND} ]; do echo "line $n"; n=$((n+1)); i=$((i+1)); done; sleep 1; done`
    await using run = await provider.run({ image: busybox, command: ['sh', '-c', script] })
    let cuts = 0
    const cutting = (async () => {
      await run.ready()
      for (let cut = 0; cut < CUTS; cut += 1) {
        await delay((SECONDS * 1_000) / (CUTS + 1))
        cuts += gateway.cut('/log')
      }
    })()
    const texts: string[] = []
    for await (const { text } of run.logs({ follow: true })) texts.push(text)
    await cutting
    const expected = Array.from({ length: SECONDS * LINES_A_SECOND }, (_, index) => `line ${index}`)
    expect(cuts).toBe(CUTS)
    expect(texts.length).toBe(expected.length)
    expect(texts).toEqual(expected)
    await run.remove()
  })
})
