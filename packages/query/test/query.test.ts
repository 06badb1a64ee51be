import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printParser } from '../scripts/printParser.mjs'
import { agoUnits, parseQuery, partsOf, printQuery, type QueryValue, queryOperators, type RunQuery, runFlags } from '../src/index.js'
import { book, keys } from './keys.js'

const parse = (text: string) => parseQuery(text, book)
const refusalOf = (text: string) => {
  try {
    parse(text)
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}
const equal = (key: string, text: string) => ({ compare: { key, operator: 'EQUAL', value: { text } } })

it('the parser is the one that its grammar gives (npm run print-parser -w @hourglass/query)', async () => {
  expect(await readFile(new URL('../src/generated/queryParser.ts', import.meta.url), 'utf8')).toBe(await printParser())
})

describe('a query', () => {
  const meanings: Readonly<Record<string, unknown>> = {
    '': { and: [] },
    'z <= 32 and optimizer = adam and psnr > 20': {
      and: [
        { compare: { key: 'model.codeSize', operator: 'AT_MOST', value: { number: 32 } } },
        equal('config.optimizer.kind', 'adam'),
        { compare: { key: 'metric.peakSignalToNoiseRatio', operator: 'GREATER', value: { number: 20 } } },
      ],
    },
    'name ~ übergröße': { contains: { key: 'name', text: 'übergröße' } },
    'status in (running, Queued)': { oneOf: { key: 'status', values: [{ text: 'RUNNING' }, { text: 'QUEUED' }] } },
    'created > 2026-11-01': { compare: { key: 'created', operator: 'GREATER', value: { moment: '2026-11-01' } } },
    'created > 7 days ago': { compare: { key: 'created', operator: 'GREATER', value: { ago: { amount: 7, unit: 'DAY' } } } },
    'created < 1 hour ago or created=2026-11-01T08:30+01:00': {
      or: [
        { compare: { key: 'created', operator: 'LESS', value: { ago: { amount: 1, unit: 'HOUR' } } } },
        { compare: { key: 'created', operator: 'EQUAL', value: { moment: '2026-11-01T08:30+01:00' } } },
      ],
    },
    'tag = lecture': equal('tag', 'lecture'),
    'experiment = "Say \\"z\\" aloud"': equal('experiment', 'Say "z" aloud'),
    'dataset = mnist': equal('dataset', 'mnist'),
    'is starred': { is: 'STARRED' },
    'is archived': { is: 'ARCHIVED' },
    'has psnr': { has: 'metric.peakSignalToNoiseRatio' },
    'not (is starred or has "grad norm")': { not: { or: [{ is: 'STARRED' }, { has: 'metric.grad norm' }] } },
    'optimizer != adam': { not: equal('config.optimizer.kind', 'adam') },
    'tag not in (a, "b c")': { not: { oneOf: { key: 'tag', values: [{ text: 'a' }, { text: 'b c' }] } } },
    'name!~x': { not: { contains: { key: 'name', text: 'x' } } },
    'a or b and c': { or: [{ search: 'a' }, { and: [{ search: 'b' }, { search: 'c' }] }] },
    'denoising "z = 4" psnr ≥ 2e1': {
      and: [
        { search: 'denoising' },
        { search: 'z = 4' },
        { compare: { key: 'metric.peakSignalToNoiseRatio', operator: 'AT_LEAST', value: { number: 20 } } },
      ],
    },
    'android NOT orange': { and: [{ search: 'android' }, { not: { search: 'orange' } }] },
    'width = 16 or width = "16" or width = wide': {
      or: [
        { compare: { key: 'config.width', operator: 'EQUAL', value: { number: 16 } } },
        equal('config.width', '16'),
        equal('config.width', 'wide'),
      ],
    },
    '"grad norm" < -.5': { compare: { key: 'metric.grad norm', operator: 'LESS', value: { number: -0.5 } } },
    'optimizer.learningRate = 1e-3': { compare: { key: 'config.optimizer.learningRate', operator: 'EQUAL', value: { number: 0.001 } } },
    'test.peakSignalToNoiseRatio > 1': {
      compare: { key: 'metric.test.peakSignalToNoiseRatio', operator: 'GREATER', value: { number: 1 } },
    },
  }

  it.each(Object.entries(meanings))('%j is read', (text, meaning) => {
    expect(parse(text)).toEqual(meaning)
  })

  const refusals: Readonly<Record<string, string>> = {
    'z <= adam': 'expected a number after <=, got "adam" (character 6)',
    'z <= "32"': 'expected a number after <=, got "32" (character 6)',
    'z <=': 'expected a value after <=, got the end (character 5)',
    'z <= 32 and': 'expected a key or a word after and, got the end (character 12)',
    'z <= 32 )': 'expected a key or a word after 32, got ")" (character 9)',
    '(z <= 32': 'expected ")" after 32, got the end (character 9)',
    'status in (running': 'expected "," or ")" after running, got the end (character 19)',
    'status in running': 'expected "(" after in, got "running" (character 11)',
    'status = done': 'expected queued, running, stopped, completed or failed after =, got "done" (character 10)',
    'created > yesterday': 'expected a date such as 2026-11-01 or 7 days ago after >, got "yesterday" (character 11)',
    'created > 2026-02-30': 'expected a date such as 2026-11-01 or 7 days ago after >, got "2026-02-30" (character 11)',
    'epochs > 3': 'expected one key, got "epochs", which could be training.epochs or pretraining.epochs (character 1)',
    'psnrr > 3': 'expected a key that runs have, got "psnrr"; did you mean psnr? (character 1)',
    'has nothing': 'expected a key that runs have, got "nothing" (character 5)',
    'is nice': 'expected starred, archived or deleted after is, got "nice" (character 4)',
    'optimizer < adam': 'expected =, !=, ~, !~ or in after optimizer, which is a text, got < (character 11)',
    'psnr ~ 2': 'expected =, !=, <, <=, > or >= after psnr, which is a number, got ~ (character 6)',
    'name = "open': 'expected a closing " for this one (character 8)',
    '= 3': 'expected a key or a word, got "=" (character 1)',
    'width > wide': 'expected a number after >, got "wide" (character 9)',
  }

  it.each(Object.entries(refusals))('%j is refused where it is wrong', (text, message) => {
    expect(refusalOf(text)).toBe(message)
  })

  it('is bounded in length and depth', () => {
    expect(refusalOf('a '.repeat(1001))).toMatch(/^expected at most 2000 characters, got 2002/)
    expect(refusalOf(`${'('.repeat(900)}a${')'.repeat(900)}`)).toMatch(/^expected at most 40 parentheses/)
    expect(refusalOf(`${'not '.repeat(400)}a`)).toMatch(/^expected at most 40 parentheses/)
    expect(refusalOf('a\0b')).toMatch(/^expected visible characters/)
    expect(refusalOf('('.repeat(39) + 'a = '.repeat(300))).toMatch(/^expected/)
  })

  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((each) => !each.includes('\0')),
    fc.constantFrom('and', 'or', 'NOT', 'in', 'is', 'has', '32', '-1', '7 days ago', 'z', 'a b', '"', '\\', 'größe', '2026-11-01', '.5'),
  )
  const valueFor = (name: string): fc.Arbitrary<QueryValue> => {
    const { type, words } = keys.find((key) => key.name === name) ?? {}
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => ({ number: Object.is(each, -0) ? 0 : each }))
    if (type === 'NUMBER') return number
    if (type === 'DATE') {
      const ago = fc.record({ amount: fc.nat(), unit: fc.constantFrom(...agoUnits) }).map((each) => ({ ago: each }))
      return fc.oneof(ago, fc.constantFrom({ moment: '2026-11-01' }, { moment: '2026-11-01T10:00:01Z' }))
    }
    if (words) return fc.constantFrom(...words).map((word) => ({ text: word }))
    const some = text.map((each) => ({ text: each }))
    return type === 'MIXED' ? fc.oneof(number, some) : some
  }
  const condition: fc.Arbitrary<RunQuery> = fc.constantFrom(...keys).chain(({ name, type }) => {
    const ordered = type === 'NUMBER' || type === 'DATE'
    const comparison = valueFor(name).chain((value) =>
      fc
        .constantFrom(...(ordered ? queryOperators : (['EQUAL'] as const)))
        .map((operator) => ({ compare: { key: name, operator, value } })),
    )
    const others: fc.Arbitrary<RunQuery>[] = [
      fc.array(valueFor(name), { minLength: 1, maxLength: 3 }).map((values) => ({ oneOf: { key: name, values } })),
      fc.constant({ has: name }),
      ...(type === 'TEXT' || type === 'MIXED' ? [text.map((each) => ({ contains: { key: name, text: each } }))] : []),
    ]
    return fc.oneof<fc.Arbitrary<RunQuery>[]>(comparison, ...others)
  })
  const { query } = fc.letrec<{ query: RunQuery }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      condition,
      text.map((search) => ({ search })),
      fc.constantFrom(...runFlags).map((is) => ({ is })),
      fc.array(tie('query'), { minLength: 2, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('query'), { minLength: 2, maxLength: 3 }).map((or) => ({ or })),
      tie('query').map((not) => ({ not })),
    ),
  }))

  it('prints as a text that means the same', () => {
    fc.assert(
      fc.property(query, (original) => {
        const printed = printQuery(original, book)
        fc.pre(printed.length <= 2000)
        expect(parse(printed), printed).toEqual(original)
      }),
      { seed: 14, numRuns: 2000 },
    )
  })

  it('prints with short keys and few quotes', () => {
    for (const same of ['z <= 32 and optimizer = adam and psnr > 20', 'not (is starred or has "grad norm")', 'created > 7 days ago']) {
      expect(printQuery(parse(same), book)).toBe(same)
    }
    expect(printQuery(parse('NOT config.optimizer.kind = "adam" (a)'), book)).toBe('optimizer != adam and a')
    expect(printQuery({ or: [] }, book)).toBe('not ""')
    expect(printQuery({ or: [{ and: [] }, { is: 'STARRED' }] }, book)).toBe('"" or is starred')
  })

  it('is JSON, and lists its parts', () => {
    const tree = parse('not (is starred or has psnr) and lecture')
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
    expect([...partsOf(tree)].filter((part) => 'is' in part || 'has' in part || 'search' in part)).toHaveLength(3)
  })
})
