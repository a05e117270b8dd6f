import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pauseProgram } from './pause-program.ts'

function withFile<Result>(bytes: Uint8Array, use: (path: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'pause-'))
  try {
    const path = join(folder, 'pause')
    writeFileSync(path, bytes)
    chmodSync(path, 0o755)
    return use(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('the pause program', () => {
  it.each([
    ['amd64', 62],
    ['arm64', 183],
  ] as const)('for %s is a whole static ELF file', (architecture, machine) => {
    const program = pauseProgram(architecture)
    const view = new DataView(program.buffer)
    expect(Buffer.from(program.subarray(0, 4)).toString('latin1')).toBe('\x7fELF')
    expect(view.getUint16(18, true)).toBe(machine)
    expect(view.getBigUint64(24, true)).toBe(0x400000n + 120n)
    expect(view.getBigUint64(64 + 32, true)).toBe(BigInt(program.length))
  })

  it.skipIf(!has('readelf'))('is understood by readelf, without a warning', () => {
    for (const [architecture, machine] of [
      ['amd64', 'X86-64'],
      ['arm64', 'AArch64'],
    ] as const) {
      const text = withFile(pauseProgram(architecture), (path) =>
        execFileSync('readelf', ['-hl', path], { encoding: 'utf8' }),
      )
      expect(text).toContain(machine)
      expect(text).toMatch(/LOAD[\s\S]+R E/)
      expect(text).not.toMatch(/warning|error/i)
    }
  })

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('runs here until it is killed', () => {
    const outcome = withFile(pauseProgram('amd64'), (path) => {
      try {
        execFileSync(path, { timeout: 200, killSignal: 'SIGKILL' })
        return 'it ended by itself'
      } catch (error) {
        return (error as { signal?: string }).signal
      }
    })
    expect(outcome).toBe('SIGKILL')
  })
})
