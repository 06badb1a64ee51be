import { createRandom } from '@hourglass/datasets'
import { corrupt } from './corrupted.js'
import { divergencesOf } from './likelihood.js'
import { dot } from './linearAlgebra.js'
import type { Measured, Metrics } from './Measured.js'
import { clip, columnsOf, decibelsOf, mean, meanSquaredErrorOf, varianceOf } from './measures.js'
import { encode, jacobianOf, logVariancesOf, pass, type Row } from './network.js'

/** What the last epoch was scored with on examples that it was not trained on: each with the noise, and the draw of its code, of its place. */
export function recomputeEpoch(measured: Measured, rows: readonly Row[]): Metrics {
  const { config, network, dataset } = measured
  const size = rows[0]?.length ?? 0
  const isImages = dataset.exampleShape.length === 2
  const seen = corrupt(config, rows, { seed: 0, stream: 'corruption/in order' })
  const encoded = seen.map((row) => encode(network, row))
  // What is lost is of a drawn code, as in training; errors and pictures are of the mean.
  const drawn = network.logVariance ? seen.map((row, place) => draw(measured, row, place)) : encoded
  const made = encoded.map((code) => pass(network.decoder, code))
  const shown = made.map(({ values }) => (isImages ? clip(values) : values))
  const errors = drawn.map((code, place) => errorOf(config.loss, rows[place] ?? code, pass(network.decoder, code)))
  // Of the examples themselves, whatever the encoder sees of them in training.
  const codes = rows.map((row) => encode(network, row))
  const divergences = network.logVariance
    ? columnsOf(seen.map((row) => divergencesOf(encode(network, row), logVariancesOf(network, row)))).map((column) => mean([...column]))
    : null
  const divergence = divergences?.reduce((sum, each) => sum + each, 0) ?? null
  const { encoder } = config.architecture
  const penalty = penaltyOf(measured, seen, encoded) + (encoder.kind === 'variational' ? encoder.beta * (divergence ?? 0) : 0)
  const variances = columnsOf(codes).map(varianceOf)
  const scale = divergences ? 1 : Math.max(...variances)
  const isBounded = config.architecture.outputActivation === 'sigmoid'
  return {
    validationLoss: mean(errors) + penalty / size,
    validationReconstructionError: mean(errors),
    validationMeanSquaredError: meanSquaredErrorOf(rows, shown),
    ...(isImages && !isBounded
      ? {
          unclippedMeanSquaredError: meanSquaredErrorOf(
            rows,
            made.map(({ values }) => values),
          ),
        }
      : {}),
    ...(isImages ? { peakSignalToNoiseRatio: decibelsOf(rows, shown) } : {}),
    ...(divergence === null ? {} : { divergence }),
    ...(config.loss === 'binaryCrossEntropy' ? { bitsPerPixel: (mean(errors) * size + (divergence ?? 0)) / (size * Math.LN2) } : {}),
    meanActivation: mean(columnsOf(codes).map((column) => mean([...column]))),
    activeUnitShare: mean(variances.map((variance) => (variance > 0.01 * scale ? 1 : 0))),
  }
}

function draw({ network }: Measured, row: Row, place: number): Row {
  const [code, logVariances] = [encode(network, row), logVariancesOf(network, row)]
  const noise = new Float32Array(code.length)
  createRandom(0, 'code/in order').fillNormal(noise, { offset: place * code.length })
  return code.map((value, unit) => value + Math.exp((logVariances[unit] ?? 0) / 2) * (noise[unit] ?? 0))
}

function errorOf(loss: string, row: Row, { values, preActivations }: { readonly values: Row; readonly preActivations: Row }): number {
  const each =
    loss === 'meanSquaredError'
      ? values.map((value, index) => (value - (row[index] ?? 0)) ** 2)
      : preActivations.map((logit, index) => Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (row[index] ?? 0) * logit)
  return mean([...each])
}

function penaltyOf({ config: { regularizer }, network }: Measured, seen: readonly Row[], codes: readonly Row[]): number {
  switch (regularizer.kind) {
    case 'none':
      return 0
    case 'l1':
      return regularizer.weight * mean(codes.map((code) => code.reduce((sum, value) => sum + Math.abs(value), 0)))
    case 'klSparsity': {
      const { target, weight } = regularizer
      const activations = columnsOf(codes).map((column) => Math.min(1 - 1e-6, Math.max(1e-6, mean([...column]))))
      return (
        weight *
        activations.reduce((sum, each) => sum + target * Math.log(target / each) + (1 - target) * Math.log((1 - target) / (1 - each)), 0)
      )
    }
    case 'contractive':
      return (
        regularizer.weight * mean(seen.map((row) => jacobianOf(network.encoder, row).reduce((sum, slopes) => sum + dot(slopes, slopes), 0)))
      )
  }
}
