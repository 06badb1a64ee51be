import type { ModelExporter } from './artifacts/ModelExporter.js'
import type { RunFolders } from './artifacts/RunFolders.js'
import type { DatasetShelf } from './DatasetShelf.js'
import type { Database } from './database/Database.js'
import type { ModelCache } from './decoding/ModelCache.js'
import type { EngineShelf } from './EngineShelf.js'
import type { EstimateShelf } from './estimates/EstimateShelf.js'
import type { CurveCache } from './graphql/CurveCache.js'
import type { RunSignals } from './live/RunSignals.js'
import type { Log } from './log.js'
import type { BaselineQueue } from './queue/BaselineQueue.js'
import type { RunQueue } from './queue/RunQueue.js'
import type { Settings } from './Settings.js'
import type { ExperimentStore } from './store/ExperimentStore.js'
import type { RunStore } from './store/RunStore.js'

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
