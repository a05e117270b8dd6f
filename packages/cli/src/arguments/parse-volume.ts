import { resolve } from 'node:path'
import type { Mount, VolumeSpec } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'

/** Volumes and where they appear, by the `-v` options. */
export interface VolumeFields {
  readonly volumes: Readonly<Record<string, VolumeSpec>>
  readonly mounts: readonly Mount[]
}

/** `name:/path`, `/host/directory:/path` or `./directory:/path`, `/path` alone for one that goes with the run; `:ro` behind it. Throws UsageError. */
export function parseVolumes(texts: readonly string[]): VolumeFields {
  const volumes: Record<string, VolumeSpec> = {}
  const mounts = texts.map((text, index): Mount => {
    const readOnly = text.endsWith(':ro')
    const parts = text.replace(/:r[ow]$/, '').split(':')
    const path = parts.pop() ?? ''
    const source = parts.join(':')
    if (!path.startsWith('/')) throw refuse(text)
    const volume = nameOf(source, index)
    volumes[volume] = volumeOf(source)
    return { volume, path, readOnly }
  })
  return { volumes, mounts }
}

function nameOf(source: string, index: number): string {
  return /^[\w-]+$/.test(source) ? source : `volume-${index + 1}`
}

function volumeOf(source: string): VolumeSpec {
  if (source === '') return { kind: 'empty' }
  if (/^[./~]|^[A-Za-z]:[\\/]/.test(source)) return { kind: 'host', options: { path: resolve(source) } }
  return { kind: 'named' }
}

function refuse(text: string): UsageError {
  return new UsageError(
    `-v ${text}: write NAME:/path, /directory/of/the/host:/path, or /path alone, with :ro behind it for one that is only read`,
  )
}
