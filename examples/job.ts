// A job: its output as it comes, and its exit code.
import { chooseProvider } from './shared/choose-provider.ts'

const { provider, shell: image } = await chooseProvider()
const script = 'for i in 1 2 3; do echo "step $i"; sleep 0.1; done; echo "could not finish" >&2; exit 3'
await using job = await provider.run({ image, command: ['sh', '-c', script] })

for await (const line of job.logs({ follow: true })) console.log(`${line.stream}: ${line.text}`)
const { exitCode } = await job.exited()
console.log(`ended with ${exitCode}`)
if (exitCode !== 3) process.exitCode = 1
