/** Sweeps as a process of its own and prints the report. */
import { ecs } from '@berth/ecs'

console.log(JSON.stringify(await ecs().sweep()))
