import { expect, test } from 'vitest'
import type { Dataset } from '../src/Dataset.js'
import { hashDataset } from '../src/node/hashDataset.js'
import { loadDataset } from '../src/node/loadDataset.js'

/** Made once by the first version that hashed: a generator that gives other examples than it did would make runs of one name incomparable. */
const made = [
  { id: 'circle', hash: '954d1e430503b9e6dc9fe0f831182c7ff19d41dfadc39ab7b6261d4be4968f09' },
  { id: 'spiral', hash: '635a940f41b3a121d66cf31e645f9e51e48f7164cfc51f6291e2fcbb2939e849' },
  { id: 'two-moons', hash: '22e0fcbc86d197894da1027122e308565aed333a8349bdedcc101adc0adbff9c' },
  { id: 'correlated', hash: 'f7433bdad2a80dd7044b92927d797601c7e9c108589f04d88c93b2a445ae169e' },
  { id: 'noise', trainCount: 20_000, testCount: 1000, hash: '03bb17f03c180c7d5b0b825bea204edaf3b762a65e3dde5e239343097714e38c' },
  { id: 'mnist', hash: '83af0557997f5a2ef992bf51ae00712603d7a7839215c6e821f0d8b9f0565088' },
]

test.each(made)('$id has the examples that it always had', async ({ id, hash, ...counts }) => {
  expect(await hashDataset(await loadDataset(id, { ...counts, validationCount: 0, selection: 'first' }))).toBe(hash)
})

test('a hash is that of the examples: alike for the same ones, another for any change of one of them', async () => {
  const dataset = await loadDataset('noise', { trainCount: 12_000, validationCount: 10, testCount: 10 }) // longer than is hashed at a time
  const hash = await hashDataset(dataset)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  const { train, validation, test: held } = dataset
  expect(await hashDataset({ ...dataset, id: 'mnist', train: { ...train, values: train.values.slice() } })).toBe(hash)
  const changed = (change: (copy: Uint8Array) => void) => {
    const copy = Uint8Array.from(train.values)
    change(copy)
    return { ...dataset, train: { ...train, values: copy } }
  }
  const variants: Dataset[] = [
    changed((copy) => copy.set([copy[0] === 0 ? 1 : 0])),
    changed((copy) => copy.set([copy.at(-1) === 0 ? 1 : 0], copy.length - 1)),
    { ...dataset, train: { ...train, labels: train.labels.map((label, i) => (i === 7 ? label + 1 : label)) } },
    { ...dataset, test: { ...held, count: 9, values: held.values.slice(0, 9 * 784), labels: held.labels.slice(0, 9) } },
    { ...dataset, validation: null },
    { ...dataset, validation: validation && { ...validation, labels: validation.labels.map(() => 1) } },
    { ...dataset, exampleShape: [784] },
  ]
  const hashes = await Promise.all(variants.map(hashDataset))
  expect(new Set([hash, ...hashes]).size).toBe(variants.length + 1)
})
