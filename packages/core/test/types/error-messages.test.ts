import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('./', import.meta.url))
const baseConfiguration = fileURLToPath(new URL('../../../../tsconfig.base.json', import.meta.url))

/** Each line of `cases` with what the compiler says of it, and the text at which it points. */
function compile(cases: readonly string[]): { readonly message: string; readonly at: string }[] {
  const name = `${folder}cases.ts`
  const source = [
    `import { containerSpec } from '../../src/index.ts'`,
    `import { bare, engine, groups, tasks } from './invented-clouds.ts'`,
    `import { race } from './race.ts'`,
    ...cases,
  ].join('\n')
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(baseConfiguration, ts.sys.readFile).config,
    ts.sys,
    folder,
  )
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (file) => file === name || fileExists.call(host, file)
  host.getSourceFile = (file, ...rest) =>
    file === name
      ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2023, true)
      : getSourceFile.call(host, file, ...rest)
  const program = ts.createProgram([name], options, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(name))
    .map(({ messageText, start = 0, length = 0 }) => ({
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      at: source.slice(start, start + length),
    }))
}

describe('what the compiler says', () => {
  const found = compile([
    `void engine.run({ image: 'a', gpu: { count: 1 } })`,
    `void race([engine, bare], { image: 'a', health: { probe: { kind: 'tcp' } } })`,
    `void tasks.run({ image: 'a', sidecars: { b: { image: 'b', files: { '/c': 'd' } } } })`,
    `void bare.run({ image: 'a', options: { bare: {} } })`,
    `void containerSpec({ image: 'a', imgae: 'b' })`,
    `void groups.run({ image: 'a', architecture: 'arm64' })`,
  ])

  it.each([
    ['gpu', 'engine does not support gpu'],
    ['health', 'bare does not support health'],
    ['files', 'tasks does not support files'],
    ['bare', 'bare has no options of its own'],
    ['imgae', 'a container spec has no imgae'],
    ['architecture', '"amd64"'],
  ])('points at %s and says why', (field, reason) => {
    const problem = found.find(({ at }) => at === field)
    expect(problem?.message.split('\n')[0]).toContain(reason)
    expect(problem?.message.split('\n').length).toBeLessThanOrEqual(2)
  })

  it('says nothing else', () => {
    expect(found.length).toBe(6)
  })
})
