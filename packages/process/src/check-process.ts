import type { CheckItem } from '@berth/core'
import { catalogue, type ProcessRunner } from './runner/index.ts'

/** Whether the directory of the child processes can be used. */
export async function checkProcess(runner: ProcessRunner): Promise<CheckItem[]> {
  const images = catalogue.map(({ name }) => name).join(', ')
  const items: CheckItem[] = [
    {
      name: 'catalogue',
      status: 'ok',
      detail: `${images}; no isolation: they run on this machine as this user`,
    },
  ]
  try {
    const groups = await runner.list()
    items.push({ name: 'directory', status: 'ok', detail: `${runner.directory}, ${groups.length} there` })
  } catch (error) {
    items.push({
      name: 'directory',
      status: 'failed',
      detail: error instanceof Error ? error.message : String(error),
      mend: `mkdir -p -m 700 ${runner.directory}, or choose another with embedded({ directory })`,
    })
  }
  if (process.platform === 'win32') {
    items.push({ name: 'platform', status: 'warning', detail: 'never tried on Windows' })
  }
  return items
}
