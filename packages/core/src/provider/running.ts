export { sweepRuns } from '../lease/sweep.ts'
export { foundRun } from './found-run.ts'
export { placeRun } from './place-run.ts'
