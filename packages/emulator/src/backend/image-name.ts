import { parseImageReference } from '@berth/docker/engine'
import { ImageError } from './backend.ts'

/** Refuses what is no image's name. @throws ImageError `invalid-name` */
export function requireImageName(image: string): void {
  try {
    parseImageReference(image)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new ImageError('invalid-name', error.message, { cause: error })
  }
}
