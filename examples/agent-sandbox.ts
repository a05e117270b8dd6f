// A sandbox for an agent: files in, commands run, results out, and an end that comes for sure.
import { secret } from '@berth/core'
import { chooseProvider } from './shared/choose-provider.ts'

const { provider, shell: image } = await chooseProvider()
await using sandbox = await provider.run({
  image,
  command: ['sh', '-c', 'sleep 600'],
  env: { TOKEN: secret('an-agents-own-token') },
  files: { '/task/numbers.txt': '3\n1\n2\n' },
  lifetime: { maxLifetime: '10m' },
})
await sandbox.ready()

// Relative to the container's root, which is where its processes begin.
const sorted = await sandbox.exec(['sh', '-c', 'sort task/numbers.txt | tee task/sorted.txt'])
console.log('sorted:', sorted.stdout.trim().split('\n').join(' '))
console.log(
  'read back:',
  Buffer.from(await sandbox.copyOut('/task/sorted.txt'))
    .toString()
    .split('\n').length - 1,
  'lines',
)

const failed = await sandbox.exec(['sh', '-c', 'echo "no such tool" >&2; exit 7'])
console.log('a nonzero exit is a result:', failed.exitCode, failed.stderr.trim())
await sandbox.remove()
