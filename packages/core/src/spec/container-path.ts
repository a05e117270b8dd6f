import type { Field } from './field.ts'
import { showValue } from './show-value.ts'

/** An absolute path in a container, as it stands. A Windows container's begins with its drive. */
export function readContainerPath(
  field: Field,
  path = field.filledText("an absolute path, such as '/data'"),
) {
  if (path === undefined) return undefined
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(path)) {
    return field.refuse(
      `${showValue(path)} is no absolute path; write ${showValue(`/${path.replace(/^(?:\.?\/)+/, '')}`)}`,
    )
  }
  if (path.split(/[\\/]/).includes('..')) {
    return field.refuse(`${showValue(path)} climbs up by '..'; write the path that is meant`)
  }
  return path
}
