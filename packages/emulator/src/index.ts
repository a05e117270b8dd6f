export type { Backend } from './backend/backend.ts'
