/** Sweeps as a process of its own and prints the report. */
import { aci } from '@berth/aci'

console.log(JSON.stringify(await aci().sweep()))
