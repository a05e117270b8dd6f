import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FullSpec } from '../scene/full-capabilities.ts'
import type { OtherProcess, ProviderOverrides } from '../world.ts'
import type { OwnerAnswer, OwnerRequest } from './owner-messages.ts'

type Asked = OwnerRequest extends infer R ? (R extends OwnerRequest ? Omit<R, 'id'> : never) : never

/** Another process of this machine that owns runs, and can be killed. */
export class OwnerProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  readonly #exited: Promise<unknown>
  #asked = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#exited = once(child, 'exit')
    child.on('message', (message: OwnerAnswer) => {
      if (message.kind === 'ready') return
      const waiting = this.#waiting.get(message.id)
      if (message.kind === 'done') waiting?.resolve(message.value)
      else waiting?.reject(new Error(`in the other process: ${message.message}`))
    })
    child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the other process has ended'))
    })
  }

  /** Starts one and waits until it can be asked. */
  static async start(other: OtherProcess | undefined): Promise<OwnerProcess> {
    if (other === undefined) throw new TypeError('the world gives no otherProcess')
    const child = fork(programPath(), [other.module], {
      execArgv: [...(other.execArgv ?? [])],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const owner = new OwnerProcess(child)
    const first = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)])
    if (first === undefined) throw new Error(`the other process ended while it loaded ${other.module}`)
    return owner
  }

  async run(
    spec: FullSpec,
    overrides: ProviderOverrides = {},
  ): Promise<{ readonly id: string; readonly name: string }> {
    return (await this.#ask({ verb: 'run', spec, overrides })) as {
      readonly id: string
      readonly name: string
    }
  }

  async list(): Promise<readonly string[]> {
    return (await this.#ask({ verb: 'list' })) as readonly string[]
  }

  async remove(run: string): Promise<void> {
    await this.#ask({ verb: 'remove', run })
  }

  /** Ends it without a chance to clean up, and waits until the system has let go of it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }

  #ask(request: Asked): Promise<unknown> {
    this.#asked += 1
    const id = this.#asked
    const waiting = Promise.withResolvers<unknown>()
    this.#waiting.set(id, waiting)
    // Whoever kills it may no longer be listening.
    waiting.promise.catch(() => {})
    this.#child.send({ ...request, id })
    return waiting.promise
  }
}

/** The program's source beside this one when that is what runs, otherwise what was built. */
function programPath(): string {
  const name = import.meta.url.endsWith('.ts') ? './owner-program.ts' : './owner-program.js'
  const path = fileURLToPath(new URL(name, import.meta.url))
  if (!existsSync(path))
    throw new Error(`@berth/conformance is not whole: ${path} is missing; do not bundle it into one file`)
  return path
}
