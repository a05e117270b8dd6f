import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import type { StartRecord } from '../start-record.ts'
import { arbitraryRecords } from '../testing/arbitrary-records.ts'
import {
  CLIENT,
  CREATED_AT,
  cloudStart,
  dockerStart,
  failedStart,
  inferredStart,
  lopsidedStart,
  processStart,
  refusedStart,
  unsteadyStart,
} from '../testing/sample-records.ts'
import { renderPage } from './render-page.ts'

const ALL = [
  dockerStart(),
  processStart(),
  cloudStart(),
  unsteadyStart(),
  inferredStart(),
  failedStart(),
  refusedStart(),
]

function render(starts: readonly StartRecord[]): string {
  return renderPage({ schema: 'berth-report/1', createdAt: CREATED_AT, client: CLIENT, starts }, 'x.json')
}

function page(starts: readonly StartRecord[]) {
  return parseHTML(render(starts)).document
}

/** Of the DOM, which the types of Node do not know, so much as is read here. */
interface Node {
  readonly textContent: string | null
}

const text = (element: Node | null | undefined) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

describe('the page', () => {
  test('leads with what was started, how long it took, when and from where', () => {
    const document = page([dockerStart(), processStart({ provider: 'embedded' })])
    expect(text(document.querySelector('h1'))).toBe('docker 231 ms · embedded 98.2 ms')
    expect(document.title).toBe('docker 231 ms · embedded 98.2 ms – Berth')
    const facts = text(document.querySelector('header .facts'))
    for (const fact of [
      '127.0.0.1:5000/nginx:1',
      '23 November 2026, 12:00:00 UTC',
      'linux x64',
      'berth 0.1.0',
      'v24.21.0',
    ]) {
      expect(facts).toContain(fact)
    }
  })

  test('needs nothing from outside, and its policy allows only its own style and script', () => {
    const html = render(ALL)
    const { document } = parseHTML(html)
    expect(
      document.querySelectorAll('link, img, iframe, object, embed, base, form, [src], [style]'),
    ).toHaveLength(0)
    for (const { attributes } of document.querySelectorAll('*')) {
      for (const { name } of attributes) expect(name).not.toMatch(/^on/)
    }
    expect(document.querySelector('style')?.textContent).not.toMatch(/url\(|@import/)
    const policy =
      document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? ''
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toContain('unsafe')
    // As they stand in the text: a parser may decode what the browser hashes raw.
    for (const [, content = ''] of html.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g)) {
      expect(policy).toContain(createHash('sha256').update(content).digest('base64'))
    }
  })

  test('has headings in order, and table headers with their scope', () => {
    const document = page(ALL)
    expect(document.querySelectorAll('h1')).toHaveLength(1)
    for (const header of document.querySelectorAll('th')) {
      expect(header.getAttribute('scope')).toMatch(/^(col|row)$/)
    }
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName[1]))
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const element of document.querySelectorAll('[aria-labelledby]')) {
      for (const id of element.getAttribute('aria-labelledby')?.split(' ') ?? []) expect(ids).toContain(id)
    }
  })

  test.each([[[]], [[dockerStart()]], [ALL]])('renders any number of starts', (starts) => {
    const document = page(starts)
    expect(document.querySelectorAll('section[id^="start-"]')).toHaveLength(starts.length)
    expect(document.querySelectorAll('table.comparison')).toHaveLength(starts.length > 1 ? 1 : 0)
  })
})

describe('figures', () => {
  test.each(
    ALL.filter(({ status }) => status === 'ready').map((record) => [record.provider, record] as const),
  )('the phases of %s sum to its total exactly, in its table and side by side', (_, record) => {
    const document = page([record, record])
    for (const [table, column] of [
      ['#start-1 table.phases', 0],
      ['table.comparison', 0],
      ['table.comparison', 1],
    ] as const) {
      const value = (row: ReturnType<typeof page>['documentElement']) =>
        Number(row.querySelectorAll('td')[column]?.querySelector('data')?.getAttribute('value') ?? 0)
      const rows = [...document.querySelectorAll(`${table} tbody tr`)].map(value)
      expect(rows.length).toBeGreaterThan(1)
      const total = document.querySelector(`${table} tfoot tr`)
      expect(rows.reduce((sum, micros) => sum + micros, 0)).toBe(total && value(total))
      expect(total && value(total)).toBe(record.timeline?.total)
    }
  })

  test('each phase has its bounds, its marks, its sources, and what it contains', () => {
    const rows = [...page([cloudStart()]).querySelectorAll('table.phases tbody tr')].map(text)
    expect(
      rows.some((row) =>
        /^pull 20\.0 s ±1\.1 18\.9 s .* pull-started → pull-ended event Pulling, event Pulled$/.test(row),
      ),
    ).toBe(true)
    expect(rows.some((row) => row.includes('unattributedcontains address, boot'))).toBe(true)
  })

  test('an emulated start is labelled wherever its figures stand, a real one nowhere', () => {
    const document = page([dockerStart(), cloudStart()])
    const places = [
      ...[
        'h1 .part:nth-of-type(3)',
        '#start-2 h2',
        '#start-2 table.phases caption',
        'table.comparison th:nth-of-type(3)',
      ],
      ...[...document.querySelectorAll('#start-2 summary')].map(
        (_, index) => `#start-2 details:nth-of-type(${index + 1})`,
      ),
    ]
    expect(places.length).toBeGreaterThan(8)
    for (const place of places) expect(text(document.querySelector(place)), place).toContain('(emulated)')
    for (const caption of document.querySelectorAll('#start-2 caption'))
      expect(text(caption)).toContain('(emulated)')
    for (const title of document.querySelectorAll('svg[aria-labelledby^="start-2"] > title')) {
      expect(text(title)).toContain('(emulated)')
    }
    expect(document.title).toContain('azure 45.1 s (emulated)')
    expect(text(document.querySelector('#start-2 .facts'))).toContain(
      'recorded profile (2019, n = 8), 10 times faster',
    )
    expect(text(document.querySelector('#start-1'))).not.toContain('(emulated)')
    // Besides the data and the method, a page of real starts does not speak of it.
    expect(render([dockerStart()])).not.toContain('(emulated)')
  })

  test('cost names its rates and the day they were read', () => {
    const cost = text(
      [...page([cloudStart()]).querySelectorAll('details')].find((part) => text(part).startsWith('Cost')),
    )
    expect(cost).toContain('$0.00050')
    expect(cost).toContain(
      'https://azure.microsoft.com/pricing/details/container-instances/, read on 2026-11-20',
    )
    expect(cost).toContain('from pull-started until stopped')
  })

  test('a failure shows its message and evidence', () => {
    const failure = text(page([failedStart()]).querySelector('.failure-box'))
    for (const part of [
      'Failed: exited',
      'fix the configuration',
      'GET http://127.0.0.1:32768/ was refused',
      'unknown directive',
      'Warning die',
      'remote/3f1c9a',
      '6f2c-11ab',
    ]) {
      expect(failure).toContain(part)
    }
  })

  test('the whole data can be downloaded', () => {
    const link = page(ALL).querySelector('a[download]')
    expect(link?.getAttribute('download')).toBe('x.json')
    const [, data = ''] = link?.getAttribute('href')?.split('base64,') ?? []
    expect(JSON.parse(Buffer.from(data, 'base64').toString())).toEqual(
      JSON.parse(
        JSON.stringify({ schema: 'berth-report/1', createdAt: CREATED_AT, client: CLIENT, starts: ALL }),
      ),
    )
  })
})

describe('the waterfall', () => {
  test('is a picture with a title and a description of every bar', () => {
    for (const svg of page(ALL).querySelectorAll('svg.bars')) {
      expect(svg.getAttribute('role')).toBe('img')
      const rows = svg.querySelectorAll('rect.bar').length
      expect(text(svg.querySelector('title'))).toMatch(/^Waterfall of /)
      expect(text(svg.querySelector('desc')).split(/: \d/)).toHaveLength(rows + 1)
    }
  })

  test('keeps every bar within the axis and visible', () => {
    for (const bar of page([lopsidedStart(), processStart()]).querySelectorAll('svg.bars rect.bar')) {
      const [x, width] = ['x', 'width'].map((name) => Number.parseFloat(bar.getAttribute(name) ?? ''))
      expect((x ?? 0) + (width ?? 0)).toBeLessThanOrEqual(100.002)
      expect(bar.nextElementSibling?.getAttribute('class')).toMatch(/^least /)
    }
  })

  test('whiskers show where an edge may lie', () => {
    const pull = [...page([cloudStart()]).querySelectorAll('svg.bars > g')].find((bar) =>
      text(bar.querySelector('title')).startsWith('pull:'),
    )
    expect(pull?.querySelectorAll('line.whisker')).toHaveLength(6)
  })

  test('draws a start again at its own scale where the common axis leaves it too little', () => {
    const document = page([dockerStart(), cloudStart()])
    expect(document.querySelectorAll('#start-1 figure.own')).toHaveLength(1)
    expect(document.querySelectorAll('#start-2 figure.own')).toHaveLength(0)
  })
})

describe('text from outside', () => {
  const EVIL = '</pre></script><script>alert(1)</script><img src=x onerror=alert(1)>"\'&'

  test('stays text, wherever it stands', () => {
    const { error } = failedStart()
    const evil = cloudStart({
      ...{
        provider: EVIL,
        adapter: EVIL,
        image: EVIL,
        place: EVIL,
        url: EVIL,
        probe: EVIL,
        id: EVIL,
        notes: [EVIL],
      },
      status: 'failed',
      error: error && {
        ...error,
        code: EVIL,
        message: EVIL,
        evidence: { probe: EVIL, signal: EVIL, left: [EVIL], events: [EVIL], logs: [EVIL] },
      },
    })
    const document = page([evil, dockerStart()])
    expect(document.querySelectorAll('script')).toHaveLength(1)
    expect(document.querySelectorAll('img')).toHaveLength(0)
    expect(text(document.querySelector('.failure-box pre'))).toBe(EVIL)
    expect(document.querySelector('#start-1 code')?.textContent).toBe(EVIL)
  })

  test('no address but one of the web becomes a link', () => {
    const { cost } = cloudStart()
    const rates = cost && { ...cost.rates, source: 'javascript:alert(1)' }
    const document = page([cloudStart({ cost: cost && rates && { ...cost, rates } })])
    expect(
      [...document.querySelectorAll('a')].every(({ href }) => /^(#|data:application\/json)/.test(href)),
    ).toBe(true)
  })

  test('never adds an element, whatever it is', () => {
    fc.assert(
      fc.property(arbitraryRecords, (starts) => {
        const document = page(starts)
        expect(document.querySelectorAll('script')).toHaveLength(1)
        expect(document.querySelectorAll('img, iframe, [onerror]')).toHaveLength(0)
        expect(document.querySelectorAll('section[id^="start-"]')).toHaveLength(starts.length)
      }),
      { numRuns: 30 },
    )
  })
})
