/**
 * `berth/job`: prints and exits. Arguments that are no options are printed, a line each.
 *
 *     --lines <n>        print `stdout 1` … and `stderr 1` … on the two streams, so many each
 *     --stdout <text>    print this text on stdout exactly, without a line's end
 *     --stderr <text>    the same on stderr
 *     --sleep <ms>       wait so long before the end
 *     --code <n>         the exit code (default 0)
 *     --signal <name>    die by this signal instead
 *     --ignore-sigterm   carry on when asked to end
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { endWithSupervisor } from './end-with-supervisor.ts'

endWithSupervisor()
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string', default: '0' },
    stdout: { type: 'string' },
    stderr: { type: 'string' },
    sleep: { type: 'string', default: '0' },
    code: { type: 'string', default: '0' },
    signal: { type: 'string' },
    'ignore-sigterm': { type: 'boolean', default: false },
  },
})
if (values['ignore-sigterm']) process.on('SIGTERM', () => {})

for (const line of positionals) console.log(line)
for (let line = 1; line <= Number(values.lines); line++) {
  console.log(`stdout ${line}`)
  console.error(`stderr ${line}`)
}
process.stdout.write(values.stdout ?? '')
process.stderr.write(values.stderr ?? '')
await delay(Number(values.sleep))
process.exitCode = Number(values.code)
if (values.signal !== undefined) process.kill(process.pid, values.signal)
