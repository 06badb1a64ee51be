import {
  completeRunConfig,
  epochCatalog,
  examplesOf,
  metricCatalog,
  type RankingFacet,
  type RunConfig,
  type RunConfigInput,
  rankingDifferences,
} from '@hourglass/autoencoders'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRunGroups } from '../src/runs/groups/readRunGroups.js'
import { finalValueName } from '../src/runs/query/valueNames.js'
import { readRunPage } from '../src/runs/readRunPage.js'
import { metricValues, setRunValues } from '../src/runs/runValues.js'
import { type OpenStore, openStore } from './openStore.js'

const variational = { kind: 'dense', encoder: { kind: 'variational' } } as const

/** Each differs from the first in something that numbers of runs depend on. */
const inputs: Readonly<Record<string, RunConfigInput>> = {
  plain: {},
  seed: { training: { seed: 2 } },
  noisy: { corruption: { kind: 'uniform', amplitude: 0.1 } },
  noisier: { corruption: { kind: 'uniform', amplitude: 0.5 } },
  fewer: { data: { testCount: 1000, validationCount: 5000 } },
  held: { data: { validationCount: 1000, trainCount: 50_000 } },
  unheld: { data: { validationCount: 0 } },
  first: { data: { selection: 'first' } },
  clothes: { data: { dataset: 'fashion-mnist' } },
  entropy: { loss: 'binaryCrossEntropy' },
  variational: { architecture: variational, loss: 'binaryCrossEntropy' },
  drawn: { architecture: variational, loss: 'binaryCrossEntropy', evaluation: { importanceSamples: 500 } },
}

const measurements = [
  ...epochCatalog.map((row) => ({ row, name: `metric.${row.id}`, examples: row.examples })),
  ...metricCatalog.map((row) => ({ row, name: `metric.${finalValueName(row.id)}`, examples: 'test' as const })),
].filter(({ row }) => row.better !== null)

const kindsOf = (configs: readonly RunConfig[], { row, examples }: (typeof measurements)[number]) =>
  Object.fromEntries(
    rankingDifferences(configs, { ranksWithin: row.ranksWithin, examples }).map(({ facet, kinds }) => [facet, kinds]),
  ) as Partial<Record<RankingFacet, number>>

describe('whether runs can be ranked', () => {
  let store: OpenStore
  const configs = Object.entries(inputs).map(([name, input]) => ({ name, config: completeRunConfig(input) }))

  beforeAll(async () => {
    store = await openStore()
    for (const { name, config } of configs) {
      const { train: trainCount, validation: validationCount, test: testCount } = examplesOf(config)
      const examples = { trainCount, validationCount, testCount, selection: config.data.selection }
      const { number } = await store.recorder.launch({ name, config, client: '', ...examples })
      await store.database.write((transaction) =>
        setRunValues(
          transaction,
          number,
          metricValues(Object.fromEntries(measurements.map(({ name }) => [name.replace('metric.', ''), number / 10]))),
        ),
      )
    }
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it.each([
    ['plain', 'seed'],
    ['noisy', 'noisier'],
    ['plain', 'noisy'],
    ['plain', 'fewer', 'held'],
    ['plain', 'unheld', 'first', 'clothes'],
    ['entropy', 'variational'],
    ['variational', 'drawn'],
    Object.keys(inputs),
  ])('is decided by the same in the store as by their configurations: %s, %s', async (...names) => {
    const chosen = configs.filter(({ name }) => names.includes(name)).map(({ config }) => config)
    const filter = { text: names.map((name) => `name = ${name}`).join(' or ') }
    const { edges } = await readRunGroups(store.database.read, {
      by: [{ key: 'status' }],
      filter,
      aggregate: measurements.map(({ name }) => name),
      first: 2,
      after: undefined,
    })
    for (const [index, each] of measurements.entries()) {
      const expected = kindsOf(chosen, each)
      const page = await readRunPage(store.database.read, {
        first: 1,
        after: undefined,
        filter,
        orderBy: [{ value: each.name, direction: 'ASC' }],
      })
      const ranking = await page.ranking()
      expect(ranking?.kinds, each.name).toMatchObject(expected)
      expect(ranking?.isComparable, each.name).toBe(Object.keys(expected).length === 0)
      const spread = edges[0]?.node.spreads[index]
      expect(spread?.kinds, each.name).toEqual(ranking?.kinds)
      expect(spread?.bestRunNumber === null, each.name).toBe(Object.keys(expected).length > 0)
    }
  })

  it('says of runs that undo different noise that the least wins', () => {
    const noise = configs.filter(({ name }) => name.startsWith('nois')).map(({ config }) => config)
    const of = (id: string) => measurements.find(({ name }) => name === `metric.${id}`) ?? expect.fail(id)
    expect(kindsOf(noise, of('validationMeanSquaredError'))).toEqual({ corruption: 2 })
    expect(kindsOf(noise, of('seconds'))).toEqual({})
  })
})
