export type { BerthConfig } from './providers/berth-config.ts'
export type { StartError, StartRecord, StartReport } from './report/start-record.ts'
