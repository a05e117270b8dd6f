import { type Field, isObject } from './field.ts'
import { nearestName } from './nearest-name.ts'

/** Shorter names are too near to each other: `aks` may be meant although this is `eks`. */
const SHORTEST_NAME = 5

/** The adapter's own options. Those of other adapters may stand beside them: a spec may be made for several clouds. */
export function planNative(field: Field, adapterName: string): unknown {
  if (!field.mustBeObject(`{ ${adapterName}: { … } }`)) return undefined
  for (const [name, other] of field.entries('')) {
    if (name === adapterName) continue
    const sameButCase = name.toLowerCase() === adapterName.toLowerCase()
    const slip = adapterName.length >= SHORTEST_NAME && nearestName(name, [adapterName]) !== undefined
    if (sameButCase || slip) other.refuse(`is no adapter; did you mean '${adapterName}'?`)
  }
  const own = field.at(adapterName)
  if (!own.absent && !isObject(own.value)) {
    own.refuse(`${own.shown} is no object; write the adapter's own options: { … }`)
  }
  return own.value
}
