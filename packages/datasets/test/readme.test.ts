import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { datasetCatalog, datasetIds } from '../src/catalog.js'
import { isToyManifoldId, toyManifolds } from '../src/toyManifolds.js'

const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8')
const [listed = ''] = /^Datasets: .*?\n\n/ms.exec(readme) ?? []

test('the README of the lab lists every dataset, and the toy manifolds one after the other', () => {
  const [, manifolds = ''] = /toy manifolds of points: ([^.]*)\./.exec(listed.replaceAll('\n', ' ')) ?? []
  expect(manifolds.split(', ')).toEqual(Object.values(toyManifolds).map(({ title }) => title.toLowerCase()))
  for (const id of datasetIds.filter((each) => !isToyManifoldId(each))) {
    expect(listed.toLowerCase()).toContain(datasetCatalog[id].title.toLowerCase())
  }
})
