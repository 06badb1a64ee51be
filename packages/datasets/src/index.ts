export { BatchGatherer, type BatchGathererOptions } from './BatchGatherer.js'
export { type DatasetId, datasetCatalog, datasetIds, findDataset, isDatasetId, requireDataset, requireDatasetId } from './catalog.js'
export type {
  Corruption,
  CorruptionKind,
  GaussianNoise,
  MaskingNoise,
  SaltAndPepperNoise,
  UniformNoise,
} from './corruption/Corruption.js'
export { Corruptor, type CorruptorOptions } from './corruption/Corruptor.js'
export type { Dataset } from './Dataset.js'
export type { DatasetDescription, DatasetSource, IdxSource, MadeSource, Sample } from './DatasetDescription.js'
export { DatasetError, type DatasetErrorCode, datasetErrorCodes } from './DatasetError.js'
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
export { CounterRandom, createRandom, type NormalOptions, type UniformOptions } from './random/CounterRandom.js'
export { type Distribution, RandomBuffer, type RandomBufferOptions } from './random/RandomBuffer.js'
export type { Split } from './Split.js'
export { type ShuffleOptions, shuffledIndices } from './shuffledIndices.js'
export { type ToyManifold, type ToyManifoldId, toyManifolds } from './toyManifolds.js'
