import type { Archives } from './archives/Archives.js'
import type { ArtifactStore } from './artifacts/ArtifactStore.js'
import type { RunFolders } from './artifacts/RunFolders.js'
import type { BaselineQueue } from './baselines/BaselineQueue.js'
import type { ClientLimits } from './clients/clientLimits.js'
import type { Launchers } from './clients/Launchers.js'
import type { Database } from './database/Database.js'
import type { DatasetShelf } from './datasets/DatasetShelf.js'
import type { ExperimentProgressReader } from './experiments/ExperimentProgressReader.js'
import type { ExperimentReader } from './experiments/ExperimentReader.js'
import type { ExperimentRecorder } from './experiments/ExperimentRecorder.js'
import type { SearchKeeper } from './experiments/SearchKeeper.js'
import type { LabHealth } from './health/LabHealth.js'
import type { LabMetrics } from './health/LabMetrics.js'
import type { LabFeeds } from './LabFeeds.js'
import type { Log } from './log.js'
import type { EngineShelf } from './machine/EngineShelf.js'
import type { RunEstimator } from './machine/RunEstimator.js'
import type { CodedExamples } from './models/CodedExamples.js'
import type { LatentSpaces } from './models/LatentSpaces.js'
import type { OnnxFiles } from './models/OnnxFiles.js'
import type { StoredExamples } from './models/StoredExamples.js'
import type { StoredModels } from './models/StoredModels.js'
import type { QueuePlaces } from './runs/queue/QueuePlaces.js'
import type { RunQueue } from './runs/queue/RunQueue.js'
import type { RunReader } from './runs/RunReader.js'
import type { RunRecorder } from './runs/RunRecorder.js'
import type { RunSignals } from './runs/RunSignals.js'
import type { MemoryOfRuns } from './runs/requireMemory.js'
import type { CurveCache } from './runs/series/CurveCache.js'
import type { Settings } from './Settings.js'
import type { RetentionKeeper } from './storage/RetentionKeeper.js'
import type { SpaceKeeper } from './storage/SpaceKeeper.js'
import type { StorageReader } from './storage/StorageReader.js'
import type { TrashKeeper } from './storage/TrashKeeper.js'

/** Everything that the API works with. */
export interface Lab {
  readonly settings: Settings
  readonly version: string
  /** That it was built of; null where that is not known. */
  readonly commit: string | null
  /** Names what is stored; another one once a backup was restored. */
  readonly identity: string
  readonly log: Log
  readonly database: Database
  readonly health: LabHealth
  readonly metrics: LabMetrics
  readonly runs: RunReader
  readonly recorder: RunRecorder
  readonly experiments: ExperimentReader
  readonly experimentRecorder: ExperimentRecorder
  readonly signals: RunSignals
  readonly feeds: LabFeeds
  readonly folders: RunFolders
  readonly artifacts: ArtifactStore
  readonly archives: Archives
  readonly queue: RunQueue
  readonly queuePlaces: QueuePlaces
  readonly baselines: BaselineQueue
  readonly datasets: DatasetShelf
  readonly engines: EngineShelf
  readonly estimator: RunEstimator
  readonly memory: MemoryOfRuns
  readonly launchers: Launchers
  readonly clientLimits: ClientLimits
  readonly experimentProgress: ExperimentProgressReader
  readonly searches: SearchKeeper
  readonly models: StoredModels
  readonly latentSpaces: LatentSpaces
  readonly onnxFiles: OnnxFiles
  readonly codedExamples: CodedExamples
  readonly examples: StoredExamples
  readonly curves: CurveCache
  readonly storage: StorageReader
  readonly retention: RetentionKeeper
  readonly space: SpaceKeeper
  readonly trash: TrashKeeper
}
