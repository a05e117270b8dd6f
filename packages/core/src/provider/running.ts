export { sweepRuns } from '../lease/sweep.ts'
export { planGroup } from '../spec/plan-group.ts'
export { foundRun } from './found-run.ts'
export { placeRun } from './place-run.ts'
