import { posix } from 'node:path'
import { BerthError, type GroupPlan, type PlannedContainer } from '@berth/core'
import { fileDirectories, fileRoots } from './convert-files.ts'
import { nativeOf } from './convert-plan-to-aci.ts'

/** The one mode of the files of a mounted volume. */
const MOUNTED_MODE = 0o644
const SECRET_MODE = 0o400
const MOUNTED_NAME = /^[-._a-zA-Z0-9]+$/

/** Refuses files that cannot be put where they should be. */
export function validateFiles(plan: GroupPlan): void {
  const { files = 'copy' } = nativeOf(plan)
  for (const container of [...plan.containers, ...plan.initContainers]) {
    if (container.files.length === 0) continue
    refuseRoot(container)
    refuseMounts(container)
    if (files === 'mount') refuseWhatIsNotMounted(container)
  }
}

function refuseRoot({ name, files }: PlannedContainer): void {
  const file = files.find(({ path }) => posix.dirname(posix.normalize(path)) === '/')
  if (file === undefined) return
  throw invalid(
    `${name}: files['${file.path}']: aci puts files into a directory, and / itself cannot be one; write '/data${posix.normalize(file.path)}', say`,
  )
}

function refuseMounts({ name, files, mounts }: PlannedContainer): void {
  for (const root of fileRoots(files)) {
    const mount = mounts.find(
      ({ path }) => path === root || root.startsWith(`${path}/`) || path.startsWith(`${root}/`),
    )
    if (mount === undefined) continue
    throw invalid(
      `${name}: files: ${root} is also where the volume ${mount.volume} is mounted (${mount.path}), and aci cannot put files into it; choose another directory for one of them`,
    )
  }
}

function refuseWhatIsNotMounted({ name, files }: PlannedContainer): void {
  for (const { path, mode } of files) {
    if (!MOUNTED_NAME.test(posix.basename(path))) {
      throw invalid(
        `${name}: files['${path}']: a mounted file's name may hold letters, digits, '-', '.' and '_' only; rename it, or leave options.aci.files out`,
      )
    }
    if (mode !== MOUNTED_MODE && mode !== SECRET_MODE) {
      throw invalid(
        `${name}: files['${path}']: a mounted file cannot have the mode 0o${mode.toString(8)}; leave the mode out, or options.aci.files`,
      )
    }
  }
  const nested = fileDirectories(files).find((directory) => !fileRoots(files).includes(directory))
  if (nested === undefined) return
  throw invalid(
    `${name}: files: ${nested} lies within another directory with files, and mounts cannot lie in each other; put them into one directory, or leave options.aci.files out`,
  )
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
