import { changeRuns, updateRun } from '../src/runs/changeRuns.js'
import { keepTexts, nameColumns } from '../src/runs/RunTexts.js'
import { configValues, metricValues, setRunValues } from '../src/runs/runValues.js'
import { type OpenStore, openStore } from './openStore.js'

interface Planned {
  readonly name: string
  readonly config?: object
  readonly metrics?: Readonly<Record<string, number>>
  readonly tags?: readonly string[]
  readonly notes?: string
  readonly dataset?: string
  readonly objectiveKey?: string
  readonly createdAt?: string
  readonly status?: 'COMPLETED' | 'FAILED' | 'STOPPED'
}

const planned: readonly Planned[] = [
  {
    name: 'Übergröße',
    config: { width: 16, author: 'Zoë' },
    metrics: { validationLoss: 0.3, peakSignalToNoiseRatio: 20 },
    dataset: 'mnist',
    objectiveKey: 'mse',
  },
  {
    name: 'übergröße 2',
    config: { width: 32, author: 'zoe\u0308' },
    metrics: { validationLoss: 0.2, peakSignalToNoiseRatio: 25 },
    dataset: 'mnist',
    objectiveKey: 'mse',
  },
  { name: 'Москва', config: { width: '16' }, metrics: { validationLoss: 0.1 }, dataset: 'mnist', objectiveKey: 'bce', tags: ['Lecture'] },
  {
    name: 'z = 16',
    config: { width: 8, amp: true },
    metrics: { peakSignalToNoiseRatio: 25 },
    dataset: 'fashion-mnist',
    tags: ['lecture', 'slow run'],
  },
  {
    name: 'z = 4',
    config: { amp: false },
    notes: 'Looks **strange** in epoch 3.',
    status: 'FAILED',
    createdAt: '2026-11-01T22:30:00.000Z',
  },
  { name: 'adam', config: {}, status: 'STOPPED', createdAt: '2026-11-03T00:00:00.000Z' },
]

/** Opens a store of six runs, which differ in what runs are searched, ordered and grouped by. */
export async function openPlannedRuns(): Promise<OpenStore> {
  const store = await openStore()
  for (const run of planned) await addRun(store, run)
  return store
}

async function addRun(
  store: OpenStore,
  { config = {}, metrics = {}, tags = [], notes = '', name, createdAt, ...rest }: Planned,
): Promise<void> {
  const id = await store.database.write(async (transaction) => {
    const count = await transaction.run.count()
    const row = {
      id: `run-${count}`,
      ...nameColumns(name),
      kind: 'elsewhere',
      config: { ...config },
      status: 'COMPLETED' as const,
    }
    const run = await transaction.run.create({ data: { ...row, ...rest, ...(createdAt ? { createdAt: new Date(createdAt) } : {}) } })
    await keepTexts(transaction, run.number, run)
    await setRunValues(transaction, run.number, new Map([...configValues(config), ...metricValues(metrics)]))
    return run.id
  })
  if (notes !== '') await updateRun(store, id, { notes })
  const { number } = await store.runs.requireRun(id)
  if (tags.length > 0) await changeRuns(store, [{ id, number }], { addTags: tags })
}
