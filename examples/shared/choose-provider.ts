import { docker } from '@berth/docker'
import { embedded } from '@berth/process'

/** Docker where an engine answers, else the embedded processes, each with an image that serves HTTP and one that has a shell. */
export async function chooseProvider() {
  const engine = docker()
  const web = process.env.BERTH_DEMO_IMAGE ?? 'nginx'
  const shell = process.env.LAB_IMAGE_BUSYBOX ?? 'busybox'
  const { status } = await engine.check({ timeout: '5s' })
  if (status !== 'failed') return { provider: engine, web, shell }
  await engine.close()
  console.log('no engine here: using embedded processes')
  return { provider: embedded(), web: 'berth/hello', shell: 'berth/shell' }
}
