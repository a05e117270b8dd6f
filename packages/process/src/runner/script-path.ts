import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The scripts that the runner starts as processes of their own. */
export type ScriptName = 'supervisor' | 'programs/hello' | 'programs/job'

/**
 * The file of a script: its source beside this one when that is what runs, otherwise what was built. A bundler may put
 * this function into `dist/runner/` or into a shared chunk in `dist/`, so both places are tried.
 */
function scriptPath(name: ScriptName): string {
  const candidates = import.meta.url.endsWith('.ts')
    ? [`./${name}.ts`]
    : [`./runner/${name}.js`, `./${name}.js`]
  for (const candidate of candidates) {
    const path = fileURLToPath(new URL(candidate, import.meta.url))
    if (existsSync(path)) return path
  }
  throw new Error(
    `@berth/process is not whole: ${name} was not found near ${fileURLToPath(import.meta.url)}; install it again, and do not bundle it into one file`,
  )
}

/** The arguments with which process.execPath runs a script: without warnings that would end up in a container's log. */
export function scriptArguments(name: ScriptName): string[] {
  return ['--disable-warning=ExperimentalWarning', scriptPath(name)]
}
