export { checkEngine, type EngineStatus } from './engines/checkEngine.js'
export { computePcaBaseline, type PcaBaseline, type PcaBaselineOptions } from './pca/computePcaBaseline.js'
export type {
  CodeDimension,
  CodeSnapshot,
  EpochCompleted,
  EpochMetrics,
  TrainingEvent,
  TrainingProgress,
  TrainingStarted,
} from './training/TrainingEvent.js'
export { type TrainAutoencoderOptions, trainAutoencoder } from './training/trainAutoencoder.js'
