import { keepTexts, nameColumns } from '../src/runs/RunTexts.js'
import { configValues, metricValues, setRunValues } from '../src/runs/runValues.js'
import { type OpenStore, openStore } from './openStore.js'
import { makeDataFolder, TestServer } from './startServer.js'

interface Spread {
  name: string
  count: number
  mean: number | null
  standardDeviation: number | null
  minimum: number | null
  maximum: number | null
  better: string | null
  bestRun: { name: string } | null
}

export interface Group {
  keys: { field: string | null; value: string | null; number: number | null; text: string | null; experiment: { name: string } | null }[]
  count: number
  spreads: Spread[]
  filter: Record<string, unknown>
}

export interface Groups {
  totalCount: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  nodes: Group[]
}

export const GROUPS = `query ($by: [RunGroupBy!]!, $aggregate: [String!], $filter: RunFilter, $first: Int, $after: String) {
  runGroups(by: $by, aggregate: $aggregate, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      keys { field value number text experiment { name } } count
      spreads { name count mean standardDeviation minimum maximum better bestRun { name } }
      filter { status dataset experiment search values { name minimum maximum oneOf contains number text missing } }
    }
  }
}`

/** Runs by name: configuration and metrics of each. Losses lie far from 0, where sums of squares would lose their digits. */
export const elsewhere = {
  a: { config: { width: 16, amp: true, author: 'Zoë' }, metrics: { validationLoss: 1e9 + 0.1, peakSignalToNoiseRatio: 20, loss: 1 } },
  b: { config: { width: 16, amp: true, author: '佐藤' }, metrics: { validationLoss: 1e9 + 0.4, peakSignalToNoiseRatio: 30, loss: 2 } },
  c: { config: { width: 16, amp: false, author: 'Zoë' }, metrics: { validationLoss: 1e9 + 0.2 } },
  d: { config: { width: '16', amp: false, author: 'zoë' }, metrics: { validationLoss: 0.5 } },
  e: { config: { width: 2.5, amp: true }, metrics: { peakSignalToNoiseRatio: 30 } },
  f: { config: { note: '' }, metrics: {} },
} as const

/** Starts a server with these runs, and an experiment of two that were stopped. */
export async function startGroupedRuns() {
  const folder = await makeDataFolder()
  let experiment: string
  {
    await using store = await openStore(folder.path)
    for (const [name, { config, metrics }] of Object.entries(elsewhere)) await addRun(store, name, config, metrics)
    const { config } = await store.launch('template')
    const run = {
      name: 'member',
      label: 'first',
      config: config as never,
      trainCount: 1,
      validationCount: 1,
      testCount: 1,
      selection: 'random',
    }
    const created = await store.experimentRecorder.create({ name: 'Sweep', presetId: null, quick: false, runs: [run, run] })
    experiment = created.experiment.id
    // What waits would be trained by the server.
    for (const { id } of (await store.runs.withStatus('QUEUED')).values()) {
      await store.recorder.changeStatus(id, { from: ['QUEUED'], to: 'STOPPED' })
    }
  }
  const server = await TestServer.start(folder.path)
  return {
    server,
    /** The id of the experiment. */
    experiment,
    groups: async (variables: Record<string, unknown>) => (await server.data<{ runGroups: Groups }>(GROUPS, variables)).runGroups,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Stores a run of another program. */
export async function addRun(store: OpenStore, name: string, config: object, metrics: Readonly<Record<string, number>>): Promise<void> {
  await store.database.write(async (transaction) => {
    const run = await transaction.run.create({
      data: { id: `run-${name}`, ...nameColumns(name), kind: 'elsewhere', config: { ...config }, status: 'COMPLETED' },
    })
    await keepTexts(transaction, run.number, run)
    await setRunValues(transaction, run.number, new Map([...configValues(config), ...metricValues(metrics)]))
  })
}

/** Standard deviation of a sample. */
export function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
