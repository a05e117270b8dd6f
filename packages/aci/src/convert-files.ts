import { posix } from 'node:path'
import {
  type GroupPlan,
  isSecret,
  type PlannedContainer,
  type PlannedFile,
  quoteWord,
  reveal,
} from '@berth/core'
import { fileCopierName } from './aci-names.ts'
import type { AciNativeOptions } from './aci-native-options.ts'
import type { Container, Volume, VolumeMount } from './arm/container-group.ts'

/** What it takes to put the files of one container in place. */
export interface ConvertedFiles {
  readonly volumes: readonly Volume[]
  /** Of the container itself. */
  readonly mounts: readonly VolumeMount[]
  /** Runs before it; undefined where nothing has to. */
  readonly copier: Container | undefined
}

const NONE: ConvertedFiles = { volumes: [], mounts: [], copier: undefined }
const CONTENTS = '/berth-files/contents'

/** The files of one container: see `AciNativeOptions.files`. `index` makes the volumes' names unique in the group. */
export async function convertFiles(
  container: PlannedContainer,
  index: number,
  { files = 'copy' }: Pick<AciNativeOptions, 'files'>,
): Promise<ConvertedFiles> {
  if (container.files.length === 0) return NONE
  return files === 'mount' ? await mountFiles(container, index) : await copyFiles(container, index)
}

/** The directories to mount, of which none lies within another. */
export function fileRoots(files: readonly Pick<PlannedFile, 'path'>[]): readonly string[] {
  const directories = [...new Set(files.map(({ path }) => posix.dirname(posix.normalize(path))))].sort()
  return directories.filter((directory) => !directories.some((other) => isWithin(directory, other)))
}

/** The directories to mount where each is a volume of its own. */
export function fileDirectories(files: readonly Pick<PlannedFile, 'path'>[]): readonly string[] {
  return [...new Set(files.map(({ path }) => posix.dirname(posix.normalize(path))))]
}

async function mountFiles({ files }: PlannedContainer, index: number): Promise<ConvertedFiles> {
  const directories = fileDirectories(files)
  const volumes = directories.map(async (directory, number): Promise<Volume> => {
    const own = files.filter(({ path }) => posix.dirname(posix.normalize(path)) === directory)
    const contents = own.map(async (file) => [posix.basename(file.path), await base64(file)] as const)
    return { name: volumeName(index, number), secret: Object.fromEntries(await Promise.all(contents)) }
  })
  return {
    volumes: await Promise.all(volumes),
    mounts: directories.map((mountPath, number) => ({ name: volumeName(index, number), mountPath })),
    copier: undefined,
  }
}

/** One secret volume for all contents, under plain names, and an empty one for each directory, which the copier fills. */
async function copyFiles(container: PlannedContainer, index: number): Promise<ConvertedFiles> {
  const { files, image, name } = container
  const roots = fileRoots(files)
  const contents = volumeName(index, 'contents')
  const encoded = await Promise.all(files.map(base64))
  const filled = encoded.flatMap((content, number) => (content === '' ? [] : [[`file-${number}`, content]]))
  const rootVolumes = roots.map((_, number) => volumeName(index, number))
  const script = [
    'set -e',
    ...roots.map((root, number) => `r=${quoteWord(root)}; t=${target(number)}; ${COPY_WHAT_IS_THERE}`),
    ...files.map((file, number) => copyLine(file, number, roots, encoded[number] !== '')),
  ].join('\n')
  return {
    volumes: [
      ...(filled.length > 0
        ? [{ name: contents, secret: Object.fromEntries(filled) as Record<string, string> }]
        : []),
      ...rootVolumes.map((each) => ({ name: each, emptyDir: {} })),
    ],
    mounts: roots.map((mountPath, number) => ({ name: volumeName(index, number), mountPath })),
    copier: {
      name: fileCopierName(name),
      properties: {
        image,
        command: ['/bin/sh', '-c', script],
        volumeMounts: [
          ...(filled.length > 0 ? [{ name: contents, mountPath: CONTENTS, readOnly: true }] : []),
          ...rootVolumes.map((each, number) => ({ name: each, mountPath: `/berth-files/${number}` })),
        ],
      },
    },
  }
}

// Where a container's file system does not begin at the machine's own root, it begins at BERTH_ROOT.
const COPY_WHAT_IS_THERE =
  'if [ -d "$BERTH_ROOT$r" ]; then cp -a "$BERTH_ROOT$r/." "$t/" 2>/dev/null || cp -R "$BERTH_ROOT$r/." "$t/"; fi'

function copyLine(
  { path, mode }: PlannedFile,
  number: number,
  roots: readonly string[],
  hasContent: boolean,
): string {
  const normal = posix.normalize(path)
  const root = roots.findIndex((each) => normal.startsWith(`${each}/`))
  const to = `${target(root)}${quoteWord(normal.slice(roots[root]?.length ?? 0))}`
  const from = hasContent ? `"$BERTH_ROOT${CONTENTS}/file-${number}"` : '/dev/null'
  // Removed first, so that a start that comes again may write what it has made read-only.
  return `f=${to}; mkdir -p "\${f%/*}"; rm -f "$f"; cat ${from} > "$f"; chmod ${mode.toString(8).padStart(3, '0')} "$f"`
}

function target(root: number): string {
  return `"$BERTH_ROOT/berth-files/${root}"`
}

async function base64({ content }: PlannedFile): Promise<string> {
  if (content instanceof Uint8Array) return Buffer.from(content).toString('base64')
  return Buffer.from(isSecret(content) ? await reveal(content) : content).toString('base64')
}

function volumeName(container: number, which: number | string): string {
  return `files-${container}-${which}`
}

function isWithin(directory: string, other: string): boolean {
  return directory !== other && directory.startsWith(other === '/' ? '/' : `${other}/`)
}

/** The volumes that files take, for the limit on their number. */
export function countFileVolumes(
  plan: GroupPlan,
  { files = 'copy' }: Pick<AciNativeOptions, 'files'>,
): number {
  return [...plan.containers, ...plan.initContainers]
    .filter((container) => container.files.length > 0)
    .reduce(
      (sum, container) =>
        sum +
        (files === 'mount' ? fileDirectories(container.files).length : fileRoots(container.files).length + 1),
      0,
    )
}
