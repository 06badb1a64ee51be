import type { CurveCache } from './api/graphql/CurveCache.js'
import type { RunFolders } from './artifacts/RunFolders.js'
import type { BaselineQueue } from './baselines/BaselineQueue.js'
import type { Database } from './database/Database.js'
import type { DatasetShelf } from './datasets/DatasetShelf.js'
import type { RunQueue } from './execution/RunQueue.js'
import type { ExperimentStore } from './experiments/ExperimentStore.js'
import type { Log } from './log.js'
import type { EngineShelf } from './machine/EngineShelf.js'
import type { EstimateShelf } from './machine/EstimateShelf.js'
import type { ModelCache } from './models/ModelCache.js'
import type { ModelExporter } from './models/ModelExporter.js'
import type { RunSignals } from './runs/RunSignals.js'
import type { RunStore } from './runs/RunStore.js'
import type { Settings } from './Settings.js'

/** Everything that the API works with. */
export interface Lab {
  readonly settings: Settings
  readonly version: string
  readonly log: Log
  readonly database: Database
  readonly store: RunStore
  readonly experiments: ExperimentStore
  readonly signals: RunSignals
  readonly folders: RunFolders
  readonly queue: RunQueue
  readonly baselines: BaselineQueue
  readonly datasets: DatasetShelf
  readonly engines: EngineShelf
  readonly estimates: EstimateShelf
  readonly models: ModelCache
  readonly exporter: ModelExporter
  readonly curves: CurveCache
}
