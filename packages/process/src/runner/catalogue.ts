import { RunnerError } from './runner-error.ts'
import { type ScriptName, scriptArguments } from './script-path.ts'

/** One image of the built-in catalogue. */
export interface CatalogueImage {
  /** The image's name, as in `berth/hello`. */
  readonly name: string
  readonly description: string
  /** The port that it serves when the container declares none; null for an image that serves nothing. */
  readonly defaultPort: number | null
  /** What runs where a container gives no command of its own: a script of ours, or a program of the machine. */
  readonly entry: { readonly script: ScriptName } | { readonly program: string }
}

/** Every image that the runner knows. Nothing is ever pulled. */
export const catalogue: readonly CatalogueImage[] = [
  {
    name: 'berth/hello',
    description: 'an HTTP server that answers hello and logs the microsecond of each request',
    defaultPort: 80,
    entry: { script: 'programs/hello' },
  },
  {
    name: 'berth/job',
    description: 'prints lines to stdout and stderr and exits with the code asked for',
    defaultPort: null,
    entry: { script: 'programs/job' },
  },
  {
    name: 'berth/shell',
    description: "the machine's own shell, for commands of your own",
    defaultPort: null,
    entry: { program: 'sh' },
  },
]

/**
 * The image of that name; `docker.io/` before it and `:latest` behind it are the same image.
 * @throws RunnerError `unknown-image`, which lists the catalogue
 */
export function findImage(name: string): CatalogueImage {
  const short = name.replace(/^docker\.io\//, '').replace(/:latest$/, '')
  const image = catalogue.find((candidate) => candidate.name === short)
  if (image !== undefined) return image
  const known = catalogue.map((candidate) => `${candidate.name} (${candidate.description})`).join(', ')
  throw new RunnerError(
    'unknown-image',
    `no image ${JSON.stringify(name)} in the process catalogue, which pulls nothing and has only ${known}`,
  )
}

/** The file and arguments to spawn: the container's own command if it has one, otherwise the image's entry. */
export function commandLine(
  imageName: string,
  command: readonly string[] | null,
  args: readonly string[],
): { readonly file: string; readonly args: string[]; readonly ownScript: boolean } {
  const { entry } = findImage(imageName)
  const [file, ...rest] = command ?? []
  if (file !== undefined) return { file, args: [...rest, ...args], ownScript: false }
  if ('program' in entry) return { file: entry.program, args: [...args], ownScript: false }
  return { file: process.execPath, args: [...scriptArguments(entry.script), ...args], ownScript: true }
}
