import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const compileCache = new URL('../../../node_modules/.cache/node-compile-cache', import.meta.url)

/** A program that is killed: it prints `begin` once it is about to do what it is killed in. */
export interface Victim {
  readonly script: URL
  readonly args: readonly string[]
  /** The latest moment after `begin`. */
  readonly withinInMs: number
}

/** A victim and when it was killed. */
export interface Kill {
  readonly args: readonly string[]
  readonly atInMs: number
}

/** Numbers from 0 to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Runs programs, so many at a time, and ends each with SIGKILL at a moment that is as likely as any other.
 *
 * @throws Error where a program ends before its moment, with what it said
 */
export async function killAtRandom(
  victims: readonly Victim[],
  { random, concurrency }: { readonly random: () => number; readonly concurrency: number },
): Promise<Kill[]> {
  const kills = victims.map(({ args, withinInMs }) => ({ args, atInMs: Math.round(random() * withinInMs) }))
  const waiting = [...victims.keys()]
  const next = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const victim = victims[index]
      const kill = kills[index]
      if (victim && kill) await killOne(victim, kill.atInMs)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, next))
  return kills
}

/** Starts a program of this repository from its source. */
export function startProgram(script: URL, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=@berth/source', fileURLToPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A hundred programs that each compile our whole source would keep the machine from what is tested.
    env: { ...process.env, NODE_COMPILE_CACHE: fileURLToPath(compileCache) },
  })
}

/** Runs such a program to its end and gives what it printed. Throws Error with what it said where it fails. */
export async function runProgram(script: URL, args: readonly string[]): Promise<string> {
  const child = startProgram(script, args)
  const [output, errors] = [gather(child.stdout), gather(child.stderr)]
  const [code, signal] = await once(child, 'close')
  if (code !== 0)
    throw new Error(`${fileURLToPath(script)} ${args.join(' ')} ended with ${code ?? signal}: ${errors()}`)
  return output()
}

async function killOne({ script, args }: Victim, atInMs: number): Promise<void> {
  const child = startProgram(script, args)
  const [output, errors] = [gather(child.stdout), gather(child.stderr)]
  const exited = once(child, 'exit')
  while (!output().includes('begin\n') && child.exitCode === null) await Promise.race([exited, delay(5)])
  await Promise.race([exited, delay(atInMs)])
  child.kill('SIGKILL')
  const [code, signal] = await exited
  if (signal !== 'SIGKILL') {
    throw new Error(`${args.join(' ')} ended by itself, with ${code ?? signal}: ${output()}${errors()}`)
  }
}

function gather(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  return () => text
}
