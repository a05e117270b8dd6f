import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineSocket } from '../harness/engine-socket.ts'
import { buildImage, type ImageRecipe } from './build-image.ts'

const SOURCE = fileURLToPath(new URL('../truth/truth.c', import.meta.url))

/**
 * The truth program in an image, on top of one with a shell, which testcontainers' port check needs.
 *
 * @throws Error where it cannot be compiled here, or where the containers would not share this machine's clock
 */
export async function truthImage(engine: EngineSocket, shellImage: string): Promise<string> {
  return await buildImage(engine, truthRecipe('berth-benchmark-truth', shellImage))
}

/** @throws Error as `truthImage` */
export function truthRecipe(
  name: string,
  shellImage: string,
): ImageRecipe & { prepare(directory: string): void } {
  if (process.platform !== 'linux') {
    throw new Error(
      'this benchmark needs Linux with a local engine: elsewhere containers run in a machine with a clock of its own',
    )
  }
  return {
    name,
    dockerfile: `FROM ${shellImage}\nCOPY truth /truth\nENTRYPOINT ["/truth"]\nEXPOSE 80`,
    source: readFileSync(SOURCE, 'utf8'),
    prepare: (directory) => compile(join(directory, 'truth')),
  }
}

function compile(program: string): void {
  try {
    execFileSync('cc', ['-static', '-O2', '-o', program, SOURCE], { stdio: ['ignore', 'ignore', 'inherit'] })
  } catch (error) {
    throw new Error(
      'truth.c does not compile: a C compiler with static libraries is needed (Debian: gcc libc6-dev)',
      {
        cause: error,
      },
    )
  }
}
