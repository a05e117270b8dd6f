import { Socket } from 'node:net'

/** Ends this process when its supervisor dies, which shows as the end of a connection inherited from it. */
export function endWithSupervisor(): void {
  const descriptor = process.env.BERTH_LIFELINE_FD
  if (descriptor === undefined) return
  const lifeline = new Socket({ fd: Number(descriptor), readable: true, writable: false })
  lifeline.on('error', () => {})
  lifeline.on('close', () => process.kill(process.pid, 'SIGKILL'))
  lifeline.resume()
  lifeline.unref()
}
