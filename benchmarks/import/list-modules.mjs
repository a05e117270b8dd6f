// Preloaded with --import: writes the URLs of all modules that the process loaded, one a line, to stdout as it ends.
import { registerHooks } from 'node:module'

const urls = new Set()
registerHooks({
  load(url, context, nextLoad) {
    urls.add(url)
    return nextLoad(url, context)
  },
})
process.on('exit', () => process.stdout.write([...urls].join('\n')))
