import { readFileSync } from 'node:fs'

/** What a part runs. */
interface Program {
  readonly image: string
  readonly command: readonly string[]
}

export interface Programs {
  readonly front: Program
  readonly worker: Program
}

/** A shell and a small web server: 2 MB, which start fast anywhere. */
export const IMAGE = process.env.LAB_IMAGE_BUSYBOX ?? 'busybox:1.37'

/** Two shell scripts, which every image of busybox can run. They travel as commands: not every cloud takes files. */
export function programsForContainers(): Programs {
  const program = (name: string): Program => ({ image: IMAGE, command: ['sh', '-c', read(`${name}.sh`)] })
  return { front: program('front'), worker: program('worker') }
}

/** The same for a machine without a container engine, where the emulator runs programs of the machine: by Node.js, which is there. */
export function programsForProcesses(): Programs {
  const program = (name: string): Program => ({
    image: 'berth/shell',
    command: [process.execPath, '--input-type=module', '--eval', read(`${name}.mjs`)],
  })
  return { front: program('front'), worker: program('worker') }
}

function read(file: string): string {
  return readFileSync(new URL(`programs/${file}`, import.meta.url), 'utf8')
}
