import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analysisParts } from '../../src/analysis/analysisParts.js'

it('has a row for every part that there is a file of', () => {
  const files = readdirSync(new URL('../../src/analysis/parts', import.meta.url)).map((name) => name.replace(/\.ts$/, ''))
  expect(Object.keys(analysisParts).toSorted()).toEqual(files.toSorted())
})
