import type { DockerContainer, DockerGroup } from './convert-plan-to-docker.ts'
import { createContainer, type MadeContainer } from './create-container.ts'
import type { Creation } from './creation.ts'
import { ensurePauseImage } from './engine/index.ts'
import { runInitContainer } from './run-init-container.ts'
import { startContainer } from './start-container.ts'
import { together } from './together.ts'

/**
 * Makes a group's containers and starts them: first the holder of the network, then the init containers one after the other, then the
 * main container and the sidecars. All are made at the beginning, so that their images are pulled side by side.
 */
export async function startGroup(creation: Creation, group: DockerGroup): Promise<void> {
  const { signal } = creation.context
  const { holder, main, sidecars, init } = group
  if (holder === undefined) {
    await startContainer(creation, await createContainer(creation, main, signal), signal)
    return
  }
  await ensurePauseImage(creation.host.engine, { signal })
  const held = await createContainer(creation, holder, signal)
  const [, ...made] = await together<MadeContainer>(signal, [
    async (ended) => {
      await startContainer(creation, held, ended)
      return held
    },
    ...[main, ...sidecars, ...init].map((container) => making(creation, container)),
  ])
  const others = made.slice(0, 1 + sidecars.length)
  if (!others.some(hasRun)) {
    for (const container of made.slice(others.length)) await runInitContainer(creation, container, signal)
  }
  await together(
    signal,
    others.map((container) => (ended: AbortSignal) => startContainer(creation, container, ended)),
  )
}

function making(creation: Creation, container: DockerContainer) {
  return (signal: AbortSignal) => createContainer(creation, container, signal)
}

function hasRun({ existing }: MadeContainer): boolean {
  return existing !== undefined && existing.State.Status !== 'created'
}
