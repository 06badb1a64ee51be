export {
  CounterRandom,
  createRandom,
  type Distribution,
  type NormalOptions,
  RandomBuffer,
  type RandomBufferOptions,
  RandomError,
  type UniformOptions,
} from '@hourglass/random'
export { BatchGatherer, type BatchGathererOptions } from './BatchGatherer.js'
export { type DatasetId, datasetCatalog, datasetIds, findDataset, isDatasetId, requireDataset, requireDatasetId } from './catalog.js'
export {
  type Corruption,
  type CorruptionKind,
  corruptionKinds,
  corruptionOf,
  type NoiseLevelName,
  noiseOf,
} from './corruption/Corruption.js'
export { Corruptor, type CorruptorOptions } from './corruption/Corruptor.js'
export { corruptionRows, usualCorruption } from './corruption/corruptionRows.js'
export type { CorruptionRow } from './corruption/rows/CorruptionRow.js'
export type { Dataset } from './Dataset.js'
export type { DatasetDescription, DatasetSource, IdxSource, MadeSource, Placement, Sample } from './DatasetDescription.js'
export { DatasetError, type DatasetErrorCode } from './DatasetError.js'
export {
  countExamples,
  drawExamples,
  type ExampleCounts,
  type ExamplePlaces,
  type Selection,
  selections,
  type WantedExamples,
} from './drawExamples.js'
export { gatherExamples } from './gatherExamples.js'
export { type ImageSplit, makeNoiseImages, type NoiseImagesOptions } from './makeNoiseImages.js'
export { makeToyManifold, type PointSplit, type ToyManifoldOptions } from './makeToyManifold.js'
export { type MedianFilterOptions, medianFilter } from './medianFilter.js'
export type { Split } from './Split.js'
export { type ShuffleOptions, shuffledIndices } from './shuffledIndices.js'
export { type ToyManifold, type ToyManifoldId, toyManifolds } from './toyManifolds.js'
