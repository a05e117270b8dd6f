/** Makes groups one after another until it is killed: `node creator.ts <directory>`. */
import { processRunner } from '../../src/runner/index.ts'

const runner = processRunner({ directory: process.argv[2] })
for (let count = 0; ; count++) {
  await runner.create({
    name: `group-${count}`,
    labels: { owner: 'creator' },
    containers: [
      { name: 'main', image: 'berth/shell', command: ['sleep', '300'], env: { PASSWORD: 'hunter2-secret' } },
    ],
  })
  console.log(count)
}
