/** Node's streams, loaded on first use: most programs that import us never open a session. */
export function builtinStream(): typeof import('node:stream') {
  return process.getBuiltinModule('node:stream')
}
