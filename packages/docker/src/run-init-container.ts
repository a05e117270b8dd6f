import { BerthError, type LogLine } from '@berth/core'
import type { MadeContainer } from './create-container.ts'
import type { Creation } from './creation.ts'
import { MAIN } from './docker-names.ts'
import { mapDockerError } from './map-docker-error.ts'
import { startContainer } from './start-container.ts'
import { streamContainerLog } from './stream-container-log.ts'

const EVIDENCE_LINES = 50

/** Runs an init container to its end. Throws `start-failed`, with its last output, where it does not end with 0. */
export async function runInitContainer(
  creation: Creation,
  container: MadeContainer,
  signal: AbortSignal,
): Promise<void> {
  const { host, context, plan } = creation
  const { id, name, body, planned } = container
  await startContainer(creation, container, signal)
  context.progress({ step: 'start', text: `init container ${planned?.name} runs` })
  try {
    const { exitCode } = await host.engine.containers.wait(id, { signal })
    if (exitCode === 0) return
    const logs: LogLine[] = []
    const query = { tail: EVIDENCE_LINES }
    for await (const line of streamContainerLog(host, id, planned?.name ?? MAIN, query, signal))
      logs.push(line)
    throw new BerthError({
      code: 'start-failed',
      message: `${plan.name}: init container ${planned?.name} (${body.Image}) exited with code ${exitCode}, so the others were not started; its last output is in the error's evidence`,
      evidence: { exitCode, logs },
    })
  } catch (error) {
    throw mapDockerError(error, { ref: name, image: body.Image })
  }
}
