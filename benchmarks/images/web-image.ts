import type { EngineSocket } from '../harness/engine-socket.ts'
import { removeContainer } from '../harness/owned-containers.ts'
import { buildImage, hasImage } from './build-image.ts'

/**
 * The web server's image; where it has no shell, one like it with the shell of another image, which testcontainers' port check
 * needs. Every contender starts the same.
 *
 * @throws Error where an image is not on the engine: a pull is no part of these figures
 */
export async function webImage(engine: EngineSocket, image: string, shellImage: string): Promise<string> {
  for (const needed of [image, shellImage]) {
    if (!(await hasImage(engine, needed)))
      throw new Error(`the engine has no image ${needed}: docker pull ${needed} first`)
  }
  if (await hasShell(engine, image)) return image
  return await buildImage(engine, {
    name: 'berth-benchmark-web',
    dockerfile: `FROM ${shellImage} AS shell\nFROM ${image}\nCOPY --from=shell /bin/ /bin/\nENV PATH=/bin:/sbin:/usr/bin:/usr/sbin`,
  })
}

async function hasShell(engine: EngineSocket, image: string): Promise<boolean> {
  const { Id } = await engine.json<{ Id: string }>('POST', '/containers/create', { Image: image })
  try {
    return await engine.send('HEAD', `/containers/${Id}/archive?path=/bin/sh`).then(
      () => true,
      () => false,
    )
  } finally {
    await removeContainer(engine, Id)
  }
}
