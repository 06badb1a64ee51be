import { pino } from 'pino'
import { EmbeddedRunQueue } from '../src/execution/EmbeddedRunQueue.js'
import { RunEstimator } from '../src/machine/RunEstimator.js'
import { RunTimesReader } from '../src/machine/RunTimesReader.js'
import { openStore } from './openStore.js'

/** A queue that has not started, over an empty store. */
export async function openQueue({ maxRuns = 1, freeMemory = () => Number.POSITIVE_INFINITY } = {}) {
  const store = await openStore()
  const { runs, recorder, signals, artifacts, folders, folder } = store
  const queue = new EmbeddedRunQueue({
    ...{ runs, recorder, signals, artifacts, folders },
    store: store.database.state,
    patience: 60_000,
    log: pino({ enabled: false }),
    maxRuns,
    freeMemory,
    threads: 1,
    retention: { bytes: 20e6, epochs: 20 },
    analysis: false,
    estimator: new RunEstimator({
      times: new RunTimesReader(store.database.read),
      rate: { rate: null, measure: async () => undefined },
      analyzes: false,
    }),
    limits: { silentSeconds: 60, memoryBytes: 4e9 },
    cacheFolder: folder.componentsFolder,
  })
  return {
    ...store,
    queue,
    [Symbol.asyncDispose]: async () => {
      await queue.close()
      await store[Symbol.asyncDispose]()
    },
  }
}
