import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ShellWord, WordReader } from './word-reader.ts'

const MARK = 'berth-0123-'

describe('the words of a shell script', () => {
  it('are told from the output however it is cut', () => {
    // Output that looks like a mark's beginning is the hard part.
    const bytes = fc
      .array(fc.constantFrom('b', 'be', 'berth-', 'berth-0123', '-', ';', 'R;', '\0', 'ÿ'))
      .map((parts) => parts.join(''))
      .filter((output) => !output.includes(MARK))
    fc.assert(
      fc.property(
        bytes,
        bytes,
        bytes,
        fc.nat(255),
        fc.array(fc.nat(400)),
        (before, output, after, code, cuts) => {
          const whole = Buffer.from(`${before}${MARK}R;${output}${MARK}E${code};${after}`, 'latin1')
          fc.pre(whole.toString('latin1').split(MARK).length === 3)
          const reader = new WordReader(MARK)
          const outputs: Uint8Array[] = []
          const words: ShellWord[] = []
          const edges = [
            0,
            ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b),
            whole.length,
          ]
          for (const [index, start] of edges.entries()) {
            const chunk = reader.push(whole.subarray(start, edges[index + 1]))
            outputs.push(chunk.output)
            words.push(...chunk.words)
          }
          expect(Buffer.concat(outputs).toString('latin1')).toBe(output)
          expect(words).toEqual([
            { kind: 'running', terminal: '' },
            { kind: 'ended', exitCode: code },
          ])
        },
      ),
    )
  })

  it('that never come leave a preface', () => {
    const reader = new WordReader(MARK)
    expect(reader.push(Buffer.from('sh: not found; ber'))).toEqual({ output: Buffer.alloc(0), words: [] })
    expect(reader.preface).toBe('sh: not found; ber')
  })
})
