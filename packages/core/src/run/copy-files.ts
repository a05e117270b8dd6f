import { BerthError } from '../errors/berth-error.ts'
import { builtinStream } from '../session/builtin-stream.ts'
import type { RunServices } from './run-services.ts'

/** Writes files into a container by one archive. */
export async function copyIn(
  ref: string,
  services: RunServices,
  files: Readonly<Record<string, string | Uint8Array>>,
  container: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { adapter, caller, provider } = services
  if (adapter.copyIn === undefined) throw noCopy(provider)
  for (const path of Object.keys(files)) requireAbsolute(path)
  const { packTar } = await import('modern-tar')
  const archive = await packTar(
    Object.entries(files).map(([path, content]) => ({
      header: { name: path.slice(1), size: Buffer.byteLength(content), type: 'file' as const, mode: 0o644 },
      body: typeof content === 'string' ? Buffer.from(content) : content,
    })),
  )
  const write = adapter.copyIn.bind(adapter)
  await caller.call(
    'copyIn',
    (context) => write(ref, '/', builtinStream().Readable.from([archive]), { container }, context),
    signal,
  )
}

/** Reads one file out of a container. */
export async function copyOut(
  ref: string,
  services: RunServices,
  path: string,
  container: string | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { adapter, caller, provider } = services
  if (adapter.copyOut === undefined) throw noCopy(provider)
  requireAbsolute(path)
  const read = adapter.copyOut.bind(adapter)
  const { unpackTar } = await import('modern-tar')
  const entries = await caller.call(
    'copyOut',
    async (context) => {
      const stream = await read(ref, path, { container }, context)
      return await unpackTar(builtinStream().Readable.toWeb(stream) as ReadableStream<Uint8Array>)
    },
    signal,
  )
  const file = entries.find((entry) => entry.header.type === 'file')
  if (file?.data !== undefined) return file.data
  throw new BerthError({
    code: 'not-found',
    message: `${provider}/${ref}: ${path} is no file; copyOut reads one file at a time`,
    provider,
  })
}

function requireAbsolute(path: string): void {
  if (!path.startsWith('/') || path.endsWith('/')) {
    throw new TypeError(`copy: '${path}' must be the absolute path of a file, like /etc/app.conf`)
  }
}

function noCopy(provider: string): BerthError {
  return new BerthError({ code: 'unsupported', message: `${provider} cannot copy files in or out`, provider })
}
