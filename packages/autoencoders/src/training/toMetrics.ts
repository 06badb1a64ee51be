import type { RunConfig } from '../config/RunConfig.js'
import { activeUnitShare } from '../metrics/activeUnits.js'
import { bitsPerPixel } from '../metrics/bitsPerPixel.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { Evaluation } from './evaluate.js'
import type { EpochMetrics } from './TrainingEvent.js'

type EvaluationMetrics = Omit<EpochMetrics, 'epoch' | 'trainLoss' | 'seconds' | 'imagesPerSecond'>

/** Works out what an evaluation says of an epoch. */
export function toMetrics(evaluation: Evaluation, { loss }: RunConfig, exampleShape: readonly number[]): EvaluationMetrics {
  const { dimensions, divergences } = evaluation.codes
  const size = sizeOfShape(exampleShape)
  const divergence = divergences?.reduce((sum, value) => sum + value, 0) ?? null
  const isBernoulli = loss === 'binaryCrossEntropy'
  return {
    validationLoss: evaluation.loss,
    validationReconstructionError: evaluation.reconstructionError,
    validationMeanSquaredError: evaluation.meanSquaredError,
    peakSignalToNoiseRatio: exampleShape.length === 2 ? evaluation.meanPeakSignalToNoiseRatio : null,
    meanActivation: dimensions.reduce((sum, { mean }) => sum + mean, 0) / dimensions.length,
    activeUnitShare: activeUnitShare(
      dimensions.map(({ standardDeviation }) => standardDeviation ** 2),
      divergences !== null,
    ),
    divergence,
    bitsPerPixel: isBernoulli ? bitsPerPixel(evaluation.reconstructionError * size + (divergence ?? 0), size) : null,
  }
}
