/** Sweeps a state directory as a process of its own and prints the report: `node sweep-once.ts <state directory>`. */
import { embedded } from '@berth/process'

console.log(JSON.stringify(await embedded({ directory: process.argv[2] }).sweep()))
