import { text } from 'node:stream/consumers'
import type { Pod } from './backend.ts'

/** Runs a program in a container to its end, as its node does to see how it is. Rejects with the signal's reason; nothing is left running. */
export async function runCommand(
  pod: Pod,
  container: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const execution = await pod.exec(container, command, { tty: false, stdin: false })
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    signal.throwIfAborted()
    const [stdout, stderr, { exitCode }] = await Promise.race([
      Promise.all([text(execution.stdout), text(execution.stderr), execution.exited]),
      aborted,
    ])
    return { exitCode, stdout, stderr }
  } finally {
    await execution.close()
  }
}
