import { readFile } from 'node:fs/promises'
import { claims } from '@hourglass/autoencoders/claims'
import { listTerms } from '@hourglass/autoencoders/glossary'
import { describe, expect, it } from 'vitest'
import { formatMeasured } from '../../apps/web/src/entities/metric/formatMeasured'
import { apart } from './chapter/apart.mjs'
import { columns } from './chapter/columns.mjs'
import { claimsOf, renderScience, type Science, writeNumber } from './chapter/renderScience.mjs'

const read = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

describe('docs/science.md', () => {
  it('is what was measured, written as npm run science writes it', async () => {
    expect(await read('science.md')).toBe(renderScience(JSON.parse(await read('science.json'))))
  })

  it('judges every claim of what was measured, and as it was worked out apart', async () => {
    const { quick, full }: Science = JSON.parse(await read('science.json'))
    for (const { preset, judgements } of [quick, full].flatMap((results) => Object.values(results))) {
      const stated = claimsOf(preset, judgements)
      expect(
        stated.map(({ id }) => id),
        preset,
      ).toEqual(claims[preset]?.map(({ id }) => id))
      // What is claimed since the experiment was measured has to be measured again, and the page says so.
      if (stated.some(({ judgement }) => !judgement)) expect(await read('science.md')).toContain(`npm run science -- ${preset}\` judges it`)
      const kept = stated.flatMap(({ judgement }) => (judgement && judgement.apart !== null ? [judgement] : []))
      for (const { claim, kind, judged, held, apart } of kept) {
        expect({ cases: judged, held }, `${preset}: ${claim}`).toEqual(apart)
        expect(kind, `${preset}: ${claim}`).toBe(held === judged ? 'HOLDS' : held === 0 ? 'DOES_NOT_HOLD' : 'HOLDS_FOR_SOME')
      }
    }
  })

  it('names columns as the glossary does, each by a name of its own', () => {
    const terms = listTerms().flatMap(({ title, group }) => (group === 'Measurements' || group === 'Compared with' ? [title] : []))
    for (const { name, row } of columns) {
      const unit = row.unit === null ? '' : ` (${row.unit})`
      const words = name.slice(0, name.length - unit.length).split(': ')
      expect(name.endsWith(unit)).toBe(true)
      for (const word of words) expect(terms).toContain(word)
    }
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
  })

  it('writes numbers as pages do', () => {
    for (const { row } of columns) {
      for (const value of [0, 1, 0.7656, 0.889, 8, 25.04, 0.0000013218, 0.00003305])
        expect(writeNumber(value, row, 128)).toBe(formatMeasured(value, row, 128))
    }
    expect(writeNumber(0.7656, { digits: 4, format: 'unitShare' }, 128)).toBe('98 of 128')
  })
})

describe('what verdicts are checked by', () => {
  it('works out every claim that numbers tell, and no other', () => {
    const judged = Object.entries(claims).flatMap(([preset, all]) => all.filter(({ cases }) => cases).map(({ id }) => `${preset}: ${id}`))
    const worked = Object.entries(apart).flatMap(([preset, all]) => Object.keys(all).map((id) => `${preset}: ${id}`))
    expect(worked.sort()).toEqual(judged.sort())
  })
})
