import type { RunConfig } from '@hourglass/autoencoders'
import { createRandom } from '@hourglass/datasets'
import { comparison } from './comparison.js'
import { corruptedOf } from './corrupted.js'
import { probeOf } from './features.js'
import { inpaintingOf } from './inpainting.js'
import { angleOf, jacobiansOf } from './jacobians.js'
import { likelihoodOf } from './likelihood.js'
import { componentsOf, project, restore } from './linearAlgebra.js'
import { type Measured, type Metrics, pick, placesOf, rowsOf, sidesOf } from './Measured.js'
import { clip, columnsOf, mean, meanSquaredErrorOf, varianceOf } from './measures.js'
import { decode, encode, type Row } from './network.js'

/** Every measurement of every subject that an independent computation gives, by the names of the API. */
export function recomputeSubjects(measured: Measured): Readonly<Record<string, Metrics>> {
  const { config, network, dataset, regularizations: said } = measured
  const test = rowsOf(dataset.test)
  const codes = test.map((row) => encode(network, row))
  const made = codes.map((code) => decode(network, code))
  const components = componentsOf(rowsOf(dataset.train))
  const units = codes[0]?.length ?? 0
  const kept = Math.max(1, Math.min(units, components.directions.length))
  const compare = comparison(measured, test)
  const pcaCodes = test.map((row) => project(components, row, kept))
  return {
    MODEL: {
      ...compare(made),
      ...describeCodes(codes, config),
      ...likelihoodOf(measured, test, made),
      ...jacobiansOf(measured, { test, codes, made }),
      ...angleOf(measured, components),
      ...noiseOf(measured, (row) => decode(network, encode(network, row))),
      ...inpaintingOf(measured, test, components.mean),
      ...probeOf(measured, (row) => encode(network, row), said.MODEL ?? undefined),
    },
    TRAINING: trainingOf(measured),
    PCA: {
      ...compare(pcaCodes.map((code) => restore(components, code))),
      ...noiseOf(measured, (row) => restore(components, project(components, row, kept))),
      ...probeOf(measured, (row) => project(components, row, kept), said.PCA ?? undefined),
    },
    MEAN_IMAGE: compare(test.map(() => components.mean)),
    PIXELS: probeOf(measured, (row) => row, said.PIXELS ?? undefined),
    ...corruptedOf(measured, test, components, kept),
  }
}

function describeCodes(codes: readonly Row[], { architecture }: RunConfig): Metrics {
  const columns = columnsOf(codes)
  const variances = columns.map(varianceOf)
  const scale = architecture.encoder.kind === 'variational' ? 1 : Math.max(...variances)
  return {
    meanActivation: mean(columns.map((column) => mean([...column]))),
    activeUnitShare: mean(variances.map((variance) => (variance > 0.01 * scale ? 1 : 0))),
    onShare: mean(
      columns.map((column) => {
        const most = Math.max(...column.map(Math.abs))
        return mean(Array.from(column, (value) => (Math.abs(value) > 0.1 * most ? 1 : 0)))
      }),
    ),
  }
}

const NOISE_IMAGES = 500

function noiseOf({ config, dataset }: Measured, reconstruct: (row: Row) => Row): Metrics {
  if (!sidesOf(dataset)) return {}
  const size = dataset.train.values.length / dataset.train.count
  const noise = new Float32Array(NOISE_IMAGES * size)
  createRandom(config.training.seed, 'analysis/noise').fillUniform(noise)
  const rows = Array.from({ length: NOISE_IMAGES }, (_, row) => Float64Array.from(noise.subarray(row * size, (row + 1) * size)))
  return {
    noiseMeanSquaredError: meanSquaredErrorOf(
      rows,
      rows.map((row) => clip(reconstruct(row))),
    ),
  }
}

function trainingOf(measured: Measured): Metrics {
  const { network, dataset } = measured
  const rows = pick(rowsOf(dataset.train), placesOf(measured, 'train', 2000))
  const first = rows.slice(0, measured.counts.structuralSimilarity === 0 ? 0 : 300).map((_, index) => index)
  return comparison(measured, rows, first)(rows.map((row) => decode(network, encode(network, row))))
}
