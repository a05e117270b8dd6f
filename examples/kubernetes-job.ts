// A job on the Kubernetes cluster that kubectl uses: a secret and a file in, its output as it comes, its exit code, and nothing left behind.
import { secret } from '@berth/core'
import { kubernetes } from '@berth/kubernetes'

await using cluster = kubernetes()
const { status, items } = await cluster.check({ timeout: '10s' })
if (status === 'failed') {
  console.log(`no cluster here (${items.find((item) => item.status === 'failed')?.detail}): nothing is run`)
} else {
  await using job = await cluster.run({
    image: process.env.LAB_IMAGE_BUSYBOX ?? 'busybox',
    command: ['sh', '-c', 'printf %s "$TOKEN" | wc -c; sort /task/numbers.txt; exit 3'],
    env: { TOKEN: secret('a-token-of-its-own') },
    files: { '/task/numbers.txt': '3\n1\n2\n' },
    lifetime: { maxLifetime: '10m' },
  })
  for await (const line of job.logs({ follow: true })) console.log(line.text)
  const { exitCode } = await job.exited()
  console.log(`ended with ${exitCode}`)
  for (const { name, duration } of job.timeline.phases) console.log(name, Math.round(duration / 1_000), 'ms')
  await job.remove()
  if (exitCode !== 3) process.exitCode = 1
}
