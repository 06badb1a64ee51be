import { BaselineStore } from '../../../apps/server/dist/baselines/BaselineStore.js'
import { Database } from '../../../apps/server/dist/database/Database.js'
import { migrate } from '../../../apps/server/dist/database/migrate.js'
import { openDataFolder } from '../../../apps/server/dist/database/openDataFolder.js'
import { ExperimentRecorder } from '../../../apps/server/dist/experiments/ExperimentRecorder.js'
import { baselineKey } from '../../../apps/server/dist/runs/baselineKey.js'
import { describeNewRun } from '../../../apps/server/dist/runs/launchRun.js'
import { RunRecorder } from '../../../apps/server/dist/runs/RunRecorder.js'
import { RunSignals } from '../../../apps/server/dist/runs/RunSignals.js'
import { planRuns } from './planRuns.mjs'
import { RunInserter } from './RunInserter.mjs'
import { recordUnit } from './recordUnit.mjs'

/** What is not said; `onRuns` is called with how many are written. */
const defaults = {
  runs: 10_000,
  epochs: 50,
  experiments: 200,
  seed: 1,
  queued: 0,
  recorded: false,
  onRuns: (/** @type {number} */ _written) => {},
}

/**
 * Fills a data folder as a year of work would leave it, without the files of its runs. `queued` runs wait at the end, which a server that opens the
 * folder trains. `recorded` has the server's recorder write each event by itself, which takes many times as long.
 * @param {string} path
 * @param {Partial<typeof defaults>} [options]
 */
export async function fillFolder(path, options = {}) {
  const { queued, recorded, onRuns, ...plan } = { ...defaults, ...options }
  const { seed } = plan
  const folder = await openDataFolder(path)
  try {
    await migrate(folder)
    const database = new Database(folder.databasePath)
    try {
      if ((await database.read.run.count()) > 0)
        throw new Error(`${path}: expected an empty data folder, got one with runs. Name another one.`)
      const signals = new RunSignals()
      const recorder = new RunRecorder({ database, signals, removeFiles: async () => {} })
      const units = planRuns(plan)
      await storeBaselines(new BaselineStore(database, recorder), units)
      const inserter = new RunInserter(folder.databasePath, seed)
      const experimentRecorder = new ExperimentRecorder(recorder, signals)
      let written = 0
      for (const unit of units) {
        if (recorded) await recordUnit({ recorder, experimentRecorder, seed }, unit)
        else inserter.insert(unit)
        written += unit.members.length
        onRuns(written)
      }
      inserter.close()
      const config = units[0]?.members[0]?.config
      for (let place = 0; config && place < queued; place++) await recorder.launch(describeNewRun(config, { client: '' }))
    } finally {
      await database.close()
    }
  } finally {
    folder.release()
  }
}

/**
 * Stores what principal components would leave of what runs see, which a server would otherwise compute.
 * @param {BaselineStore} baselines
 * @param {ReturnType<typeof planRuns>} units
 */
async function storeBaselines(baselines, units) {
  const stored = new Set()
  for (const { config } of units.flatMap(({ members }) => members)) {
    const key = baselineKey(config, describeNewRun(config, { client: '' }))
    const { corruption: _, codeSize, ...data } = key
    const name = JSON.stringify(key)
    if (stored.has(name)) continue
    stored.add(name)
    const meanSquaredError = 0.1 / (1 + codeSize)
    await baselines.store(data, [
      {
        key,
        components: codeSize,
        isWhole: false,
        meanSquaredError,
        validationMeanSquaredError: key.validationCount > 0 ? meanSquaredError : null,
      },
    ])
  }
}
