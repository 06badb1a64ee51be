import { completeRunConfig } from '@hourglass/autoencoders'
import { runEventPayloads } from '@hourglass/protocol'
import { expect, it } from 'vitest'
import type { LabEvent } from '../src/generated/prisma/client.js'
import { type LabEventKind, labEvents } from '../src/runs/labEvents.js'
import { setQueuePaused } from '../src/runs/queue/queueRest.js'
import { type OpenStore, openStore } from './openStore.js'

/** What a search needs to have begun, of runs that are trained in one rung. */
const search = { eta: 2, rungs: [{ epochs: 1, runs: 1 }] }
const examples = { trainCount: 10, validationCount: 10, testCount: 10, selection: 'random' }

/** Makes an experiment of one run. */
async function makeExperiment({ experimentRecorder }: OpenStore, searched?: typeof search) {
  const run = { name: 'One', label: 'one', config: completeRunConfig({}), ...examples }
  const created = await experimentRecorder.create({ name: 'Some', presetId: null, quick: false, runs: [run], search: searched })
  return { experiment: created.experiment, run: created.runs[0] ?? expect.fail('expected a run') }
}

const rest = (isPaused: boolean) => (store: OpenStore) => store.recorder.record(({ transaction }) => setQueuePaused(transaction, isPaused))

/** When each kind of event happens: a new kind needs its occasion here. */
const occasions: Readonly<Record<LabEventKind, (store: OpenStore) => Promise<unknown>>> = {
  RUN_DELETED: async (store) => store.recorder.delete([(await store.launch()).id]),
  EXPERIMENT_CREATED: (store) => makeExperiment(store),
  EXPERIMENT_RENAMED: async (store) => store.experimentRecorder.rename((await makeExperiment(store)).experiment.id, 'Other'),
  EXPERIMENT_RUNS_ADDED: async (store) => {
    const { experiment } = await makeExperiment(store)
    const runs = [{ name: 'Two', label: 'two', config: completeRunConfig({}), ...examples }]
    await store.experimentRecorder.add(experiment.id, { client: '', limit: 10, runs })
  },
  EXPERIMENT_RUNS_TAKEN_OUT: async (store) => {
    const { experiment, run } = await makeExperiment(store)
    await store.experimentRecorder.takeOut(experiment.id, [run.number])
  },
  EXPERIMENT_SEARCH_ADVANCED: async (store) => store.experimentRecorder.requestStop((await makeExperiment(store, search)).experiment.id),
  EXPERIMENT_TRASHED: async (store) => store.experimentRecorder.trash([(await makeExperiment(store)).experiment.id], new Date()),
  EXPERIMENT_RESTORED: async (store) => {
    const { id } = (await makeExperiment(store)).experiment
    await store.experimentRecorder.trash([id], new Date())
    await store.experimentRecorder.restore([id])
  },
  EXPERIMENT_DELETED: async (store) => store.experimentRecorder.delete([(await makeExperiment(store)).experiment.id]),
  QUEUE_PAUSED: rest(true),
  QUEUE_RESUMED: async (store) => {
    await rest(true)(store)
    await rest(false)(store)
  },
}

/** What a stored event says of whom it concerns. */
function concerned({ runNumber, experimentNumber, deletedId }: LabEvent): string {
  if (runNumber !== null) return 'run'
  if (experimentNumber !== null) return 'experiment'
  return deletedId === null ? 'lab' : 'deleted'
}

it.each(Object.entries(occasions))('stores %s with its payload and whom it concerns, and tells of that', async (kind, happen) => {
  await using store = await openStore()
  const known = labEvents[kind as LabEventKind]
  await happen(store)
  const events = await store.database.read.labEvent.findMany({ where: { kind } })
  expect(events).toHaveLength(1)
  for (const event of events) {
    expect(concerned(event)).toBe(known.concerns)
    known.payload.parse(event.payload)
  }
  if (known.concerns === 'lab') return
  const seq = events[0]?.seq ?? expect.fail('expected an event')
  const feed = kind === 'RUN_DELETED' ? store.feeds.followRuns(seq - 1) : store.feeds.followExperiments(seq - 1)
  const { value } = await feed.next()
  expect(value?.seq).toBeGreaterThanOrEqual(seq)
  await feed.return()
})

it('nothing that happens is of a kind that no list has', async () => {
  await using store = await openStore()
  for (const happen of Object.values(occasions)) await happen(store)
  const kinds = await store.database.read.labEvent.findMany({ select: { kind: true }, distinct: ['kind'] })
  const listed = [...Object.keys(labEvents), ...Object.keys(runEventPayloads)]
  expect(kinds.map(({ kind }) => kind).filter((kind) => !listed.includes(kind))).toEqual([])
  expect(kinds.length).toBeGreaterThan(10)
})
