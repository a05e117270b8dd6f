/** Sweeps the engine as a process of its own and prints the report. */
import { docker } from '@berth/docker'

await using provider = docker()
console.log(JSON.stringify(await provider.sweep()))
