import { defineProvider } from '@berth/core'
import { connectProcess, type ProcessOptions } from './process-adapter.ts'
import { type ProcessCapabilities, processCapabilities } from './process-capabilities.ts'

/**
 * The provider for a machine without any container engine: it runs the images of a small built-in catalogue (`berth/hello`,
 * `berth/job`, `berth/shell`) as child processes. **It isolates nothing**: what runs, runs on this machine as this user. It is called
 * `embedded` because `process` is a name that Node.js has taken; on the command line it is `process`.
 */
export const embedded = defineProvider<ProcessCapabilities, ProcessOptions>({
  capabilities: processCapabilities,
  connect: connectProcess,
})
