import { packageConfig } from '../../tsup.base.ts'

// The owner program is a process of its own, started by its path beside the index.
export default packageConfig({
  entry: { index: 'src/index.ts', 'owner-program': 'src/other-process/owner-program.ts' },
})
