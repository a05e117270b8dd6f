import { packageConfig } from '../../tsup.base.ts'

// commander goes into the command itself: one file less to find and read for every `--help`.
export default packageConfig({
  entry: { berth: 'src/berth.ts', index: 'src/index.ts' },
  dts: { entry: { index: 'src/index.ts' } },
  noExternal: ['commander'],
  banner: { js: '/* Contains commander (MIT), copyright (c) 2011 TJ Holowaychuk <tj@vision-media.ca> */' },
})
