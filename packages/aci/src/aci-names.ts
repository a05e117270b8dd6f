/** The name of a group's main container. */
export const MAIN = 'main'

/** Containers of ours that put a container's files in place; no user's container can be called so, for their names are shorter. */
const FILES = 'berth-files-'

/** Begins every name that is not the user's. */
export function fileCopierName(container: string): string {
  return FILES + container
}

/** The container whose files a container of ours puts in place; undefined of any other. */
export function fileCopierOf(name: string): string | undefined {
  return name.startsWith(FILES) ? name.slice(FILES.length) : undefined
}
