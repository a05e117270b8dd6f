import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineSocket } from '../harness/engine-socket.ts'
import { BENCHMARK_LABEL } from '../harness/owned-containers.ts'

/** An image as its Dockerfile says. */
export interface ImageRecipe {
  readonly name: string
  readonly dockerfile: string
  /** Writes what the Dockerfile copies into the directory that it is built from. */
  readonly prepare?: (directory: string) => void
  /** What the image depends on beside the Dockerfile. */
  readonly source?: string
}

/** Builds an image with the engine's own builder, named by its recipe so that it is made once. */
export async function buildImage(engine: EngineSocket, recipe: ImageRecipe): Promise<string> {
  const { name, dockerfile, source = '', prepare } = recipe
  const tag = createHash('sha256').update(dockerfile).update(source).digest('hex').slice(0, 12)
  const image = `${name}:${tag}`
  if (await hasImage(engine, image)) return image
  const directory = mkdtempSync(join(tmpdir(), 'berth-benchmark-'))
  try {
    writeFileSync(join(directory, 'Dockerfile'), `${dockerfile}\nLABEL ${BENCHMARK_LABEL}=image\n`)
    prepare?.(directory)
    const archive = spawn('tar', ['-C', directory, '--owner=0', '--group=0', '-c', '.'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { text } = await engine.send('POST', `/build?t=${image}&q=1&rm=1&forcerm=1`, archive.stdout)
    if (/"error"/.test(text)) throw new Error(`${image} cannot be built: ${text.trim()}`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
  return image
}

export async function hasImage(engine: EngineSocket, image: string): Promise<boolean> {
  return await engine.send('GET', `/images/${image}/json`).then(
    () => true,
    () => false,
  )
}
