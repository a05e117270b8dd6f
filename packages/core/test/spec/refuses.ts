import { describe, expect, it } from 'vitest'
import type { Capabilities } from '../../src/contract/capabilities.ts'
import { engineData } from '../types/invented-clouds.ts'
import { problemsOf } from './problems-of.ts'

/** What a spec asks for besides an image, the path of its one problem, and what the message says there. */
export type Refusal = readonly [asked: Readonly<Record<string, unknown>>, path: string, text: string]

/** Tests that each spec is refused for one reason, word for word. */
export function refuses(
  name: string,
  cases: readonly Refusal[],
  capabilities: Capabilities = engineData,
): void {
  describe(`refuses ${name}`, () => {
    it.each(cases.map(([asked, path, text]) => ({ asked, path, text })))(
      '$path: $text',
      async ({ asked, path, text }) => {
        expect(await problemsOf({ image: 'nginx', ...asked }, capabilities)).toEqual([`${path}: ${text}`])
      },
    )
  })
}
