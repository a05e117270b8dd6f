/** A process that has an emulator's backend, to be killed: `node owner.ts <options> <image> <pods>`. It says how many containers run, and starts more. */
import { createBackend } from '../../src/backend/create-backend.ts'

const [options = '', image = '', count = ''] = process.argv.slice(2)
const backend = await createBackend(JSON.parse(options))
await backend.pull(image, {})
for (let number = 1; ; number++) {
  const pod = await backend.createPod({
    name: `owned-${number}`,
    labels: {},
    ports: [{ port: 80, protocol: 'tcp' }],
    volumes: { data: { kind: 'empty' } },
  })
  const mounts = [{ volume: 'data', path: '/data', readOnly: false }]
  await pod.start({ name: 'main', image, command: ['sh', '-c', 'sleep 100'], env: {}, mounts })
  if (number === Number(count)) process.stdout.write('running\n')
}
