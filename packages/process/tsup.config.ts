import { packageConfig } from '../../tsup.base.ts'

export default packageConfig({
  entry: {
    index: 'src/index.ts',
    'runner/index': 'src/runner/index.ts',
    // Started as processes of their own, by their files.
    'runner/supervisor': 'src/runner/supervisor.ts',
    'runner/programs/hello': 'src/runner/programs/hello.ts',
    'runner/programs/job': 'src/runner/programs/job.ts',
  },
})
