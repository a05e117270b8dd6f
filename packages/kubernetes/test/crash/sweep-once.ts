/** Sweeps the namespace as a process of its own and prints the report. */
import { kubernetes } from '@berth/kubernetes'

await using provider = kubernetes()
console.log(JSON.stringify(await provider.sweep()))
