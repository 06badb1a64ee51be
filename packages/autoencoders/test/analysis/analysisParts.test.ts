import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { AnalysisPart } from '../../src/analysis/AnalysisPart.js'
import { analysisParts } from '../../src/analysis/analysisParts.js'
import { presetFigures } from '../../src/presets/presetFigures.js'

it('has a row for every part that there is a file of', () => {
  const files = readdirSync(new URL('../../src/analysis/parts', import.meta.url)).map((name) => name.replace(/\.ts$/, ''))
  expect(Object.keys(analysisParts).toSorted()).toEqual(files.toSorted())
})

it('gives experiments a figure of each part that says what is shown of it', () => {
  const parts: readonly [string, AnalysisPart][] = Object.entries(analysisParts)
  const shown = parts.flatMap(([key, { figure }]) => (figure === undefined ? [] : [[key, figure]]))
  expect(shown.length).toBeGreaterThan(0)
  expect(presetFigures).toMatchObject(Object.fromEntries(shown))
})
