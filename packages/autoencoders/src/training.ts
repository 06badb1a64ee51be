export { countRun, type DatasetSizes, type RunWork } from './cost/countRun.js'
export { type CountedEstimateOptions, estimateCounted, estimateRun, type RunEstimate } from './cost/estimateRun.js'
export { type MachineMeasurement, speedOf, type TimedSample } from './cost/MachineMeasurement.js'
export { type MachineSpeed, type ThreadedSpeed, typicalMachine } from './cost/MachineSpeed.js'
export { type MeasureMachineOptions, measureMachine } from './cost/measureMachine.js'
export { type Work, type WorkUnit, workUnits } from './cost/Work.js'
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
