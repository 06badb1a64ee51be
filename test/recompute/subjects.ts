import { latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { Corruptor, createRandom, type Dataset, datasetCatalog, type Split, shuffledIndices } from '@hourglass/datasets'
import {
  anglesBetween,
  type Components,
  componentsOf,
  dot,
  gramOf,
  gramOfColumns,
  project,
  restore,
  singularValuesOfProduct,
} from './linearAlgebra.js'
import { clip, columnsOf, decibelsOf, mean, meanSquaredErrorOf, similarityOf, varianceOf } from './measures.js'
import { decode, encode, jacobianOf, logVariancesOf, type Network, pass, type Row } from './network.js'
import { type Labelled, probeAccuracy } from './probe.js'

export type Metrics = Readonly<Record<string, number>>

/** What a run looked at of its data, and what it was: all that its measurements are recomputed from. */
export interface Measured {
  readonly config: RunConfig
  readonly network: Network
  readonly dataset: Dataset
  /** How many examples each part says that it looked at. */
  readonly counts: Readonly<Record<string, number>>
}

const CERTAINTY = 1e-7

/** Every measurement of every subject that an independent computation gives, by the names of the API. */
export function recomputeSubjects(measured: Measured): Readonly<Record<string, Metrics>> {
  const { config, network, dataset } = measured
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
      ...probeOf(measured, (row) => encode(network, row)),
    },
    TRAINING: trainingOf(measured),
    PCA: {
      ...compare(pcaCodes.map((code) => restore(components, code))),
      ...noiseOf(measured, (row) => restore(components, project(components, row, kept))),
      ...probeOf(measured, (row) => project(components, row, kept)),
    },
    MEAN_IMAGE: compare(test.map(() => components.mean)),
    PIXELS: probeOf(measured, (row) => row),
    ...corruptedOf(measured, test, components, kept),
  }
}

/** Rows of a split, pixels as 0…1. */
export function rowsOf({ values, count }: Split): readonly Row[] {
  const size = values.length / count
  const scale = values instanceof Uint8Array ? Math.fround(1 / 255) : 1
  return Array.from({ length: count }, (_, row) =>
    Float64Array.from(values.subarray(row * size, (row + 1) * size), (value) => Math.fround(value * scale)),
  )
}

function sidesOf({ exampleShape: [height, width] }: Dataset): readonly [number, number] | undefined {
  return height !== undefined && width !== undefined ? [height, width] : undefined
}

/** Places in the order in which examples are drawn for measures that look at few. */
function placesOf({ dataset }: Measured, split: 'train' | 'test', count: number): readonly number[] {
  const whole = datasetCatalog[dataset.id][split === 'train' ? 'trainCount' : 'testCount']
  const order = shuffledIndices(Math.max(whole, dataset[split].count), { seed: 0, stream: `analysis/${split}` })
  return [...order].filter((index) => index < dataset[split].count).slice(0, count)
}

const pick = <Item>(items: ArrayLike<Item>, places: readonly number[]): Item[] => places.map((place) => items[place] as Item)

function comparison(
  measured: Measured,
  originals: readonly Row[],
  places = placesOf(measured, 'test', measured.counts.structuralSimilarity ?? 0),
) {
  const sides = sidesOf(measured.dataset)
  return (made: readonly Row[]): Metrics => {
    const shown = sides ? made.map(clip) : made
    const errors = {
      meanSquaredError: meanSquaredErrorOf(originals, shown),
      unclippedMeanSquaredError: meanSquaredErrorOf(originals, made),
    }
    if (!sides) return errors
    const similarities = places.map((place) =>
      similarityOf(originals[place] ?? new Float64Array(), shown[place] ?? new Float64Array(), sides),
    )
    return { ...errors, peakSignalToNoiseRatio: decibelsOf(originals, shown), structuralSimilarity: mean(similarities) }
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

const crossEntropy = (row: Row, logits: Row) =>
  logits.reduce((sum, logit, index) => sum + Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (row[index] ?? 0) * logit, 0)

/** Divergence of a code's distribution from the prior, unit by unit. */
export const divergencesOf = (code: Row, logVariances: Row) =>
  code.map((value, unit) => (value ** 2 + Math.exp(logVariances[unit] ?? 0) - 1 - (logVariances[unit] ?? 0)) / 2)

function likelihoodOf({ config, network, counts }: Measured, test: readonly Row[], made: readonly Row[]): Metrics {
  const size = test[0]?.length ?? 0
  const isBernoulli = config.loss === 'binaryCrossEntropy'
  if (!network.logVariance) {
    if (!isBernoulli) return {}
    const bits = test.map((row, place) =>
      row.reduce((sum, x, index) => {
        const r = Math.min(1 - CERTAINTY, Math.max(CERTAINTY, made[place]?.[index] ?? 0))
        return sum - x * Math.log2(r) - (1 - x) * Math.log2(1 - r)
      }, 0),
    )
    return { bitsPerPixel: mean(bits) / size }
  }
  const divergence = mean(
    test.map((row) => divergencesOf(encode(network, row), logVariancesOf(network, row)).reduce((sum, each) => sum + each, 0)),
  )
  if (!isBernoulli) return { klDivergence: divergence }
  const errors = test.map((row, place) =>
    crossEntropy(row, pass(network.decoder, drawCode(network, row, { config, stream: 'analysis/code', place })).preActivations),
  )
  const samples = config.evaluation.importanceSamples
  return {
    klDivergence: divergence,
    bitsPerPixel: (mean(errors) + divergence) / (size * Math.LN2),
    ...(samples === null
      ? {}
      : {
          importanceWeightedBitsPerPixel:
            tighterBound(network, test.slice(0, counts.importanceWeighted ?? 500), { config, samples }) / (size * Math.LN2),
        }),
  }
}

/** Draws a code with the random numbers that belong to a place. */
function drawCode(network: Network, row: Row, { config, stream, place }: { config: RunConfig; stream: string; place: number }): Row {
  const [code, logVariances] = [encode(network, row), logVariancesOf(network, row)]
  const noise = new Float32Array(code.length)
  createRandom(config.training.seed, stream).fillNormal(noise, { offset: place * code.length })
  return code.map((value, unit) => value + Math.exp((logVariances[unit] ?? 0) / 2) * (noise[unit] ?? 0))
}

/** Mean of −ln (1/k Σ p(x|z) p(z) / q(z|x)), with both Gaussians written out. */
function tighterBound(network: Network, rows: readonly Row[], { config, samples }: { config: RunConfig; samples: number }): number {
  const gaussian = (value: number, centre: number, logVariance: number) =>
    -0.5 * (Math.log(2 * Math.PI) + logVariance + (value - centre) ** 2 / Math.exp(logVariance))
  return mean(
    rows.map((row, place) => {
      const [code, logVariances] = [encode(network, row), logVariancesOf(network, row)]
      const weights = Array.from({ length: samples }, (_, sample) => {
        const drawn = drawCode(network, row, { config, stream: 'analysis/importance', place: place * samples + sample })
        const ratio = drawn.reduce(
          (sum, value, unit) => sum + gaussian(value, 0, 0) - gaussian(value, code[unit] ?? 0, logVariances[unit] ?? 0),
          0,
        )
        return ratio - crossEntropy(row, pass(network.decoder, drawn).preActivations)
      })
      const most = Math.max(...weights)
      return -(most + Math.log(mean(weights.map((weight) => Math.exp(weight - most)))))
    }),
  )
}

const frobenius = (jacobian: readonly Row[]) => Math.sqrt(jacobian.reduce((sum, row) => sum + dot(row, row), 0))

interface Passed {
  readonly test: readonly Row[]
  readonly codes: readonly Row[]
  readonly made: readonly Row[]
}

function jacobiansOf(measured: Measured, { test, codes, made }: Passed): Metrics {
  const { network, counts } = measured
  const norms = pick(test, placesOf(measured, 'test', counts.jacobianNorm ?? 0)).map((row) => frobenius(jacobianOf(network.encoder, row)))
  const whole = pick(test, placesOf(measured, 'test', counts.jacobianSpectra ?? 0)).map((row) => reconstructionNorm(network, row))
  return {
    jacobianNorm: mean(norms),
    scaledJacobianNorm: mean(norms) / spreadOf(codes),
    ...(whole.length > 0
      ? { reconstructionJacobianNorm: mean(whole), scaledReconstructionJacobianNorm: mean(whole) / spreadOf(made) }
      : {}),
  }
}

const spreadOf = (rows: readonly Row[]) => Math.sqrt(columnsOf(rows).reduce((sum, column) => sum + varianceOf(column), 0))

/** The largest angle between the space of an affine decoder of one layer and that of as many principal components. */
function angleOf({ network }: Measured, { directions }: Components): Metrics {
  const [layer, ...others] = network.decoder
  if (!layer || others.length > 0 || layer.activation !== 'linear') return {}
  const units = layer.weights[0]?.length ?? 0
  const columns = Array.from({ length: units }, (_, unit) => Float64Array.from(layer.weights, (weights) => weights[unit] ?? 0))
  return { subspaceAngle: Math.max(...anglesBetween(columns, directions.slice(0, units))) }
}

/** ‖G F‖ of decoder and encoder, as the trace of (GᵀG)(F Fᵀ). */
function reconstructionNorm(network: Network, row: Row): number {
  const ofEncoder = gramOf(jacobianOf(network.encoder, row))
  const ofDecoder = gramOfColumns(jacobianOf(network.decoder, encode(network, row)))
  return Math.sqrt(ofEncoder.reduce((sum, products, unit) => sum + dot(products, ofDecoder[unit] ?? new Float64Array()), 0))
}

export interface Spectra {
  readonly encoder: readonly number[]
  readonly reconstruction: readonly number[]
}

/** Means over examples of the singular values of ∂f/∂x and ∂r/∂x, falling. */
export function recomputeSpectra(measured: Measured): Spectra {
  const { network, counts, dataset } = measured
  const rows = pick(rowsOf(dataset.test), placesOf(measured, 'test', counts.jacobianSpectra ?? 0))
  const spectra = rows.map((row) => {
    const ofEncoder = gramOf(jacobianOf(network.encoder, row))
    const ofDecoder = gramOfColumns(jacobianOf(network.decoder, encode(network, row)))
    const identity = ofEncoder.map((_, unit) => Float64Array.from(ofEncoder, (__, other) => (unit === other ? 1 : 0)))
    return { encoder: singularValuesOfProduct(identity, ofEncoder), reconstruction: singularValuesOfProduct(ofDecoder, ofEncoder) }
  })
  const meanOf = (part: keyof Spectra) => (spectra[0]?.[part] ?? []).map((_, index) => mean(spectra.map((each) => each[part][index] ?? 0)))
  return { encoder: meanOf('encoder'), reconstruction: meanOf('reconstruction') }
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

const [ITERATIONS, CHAINS] = [20, 8]

/** Fills in the lower half by encoding and decoding over and over; with a variational encoder by chains of drawn codes and pixels. */
function inpaintingOf(measured: Measured, test: readonly Row[], centre: Row): Metrics {
  const { config, network, dataset, counts } = measured
  const sides = sidesOf(dataset)
  if (!sides) return {}
  const [height, width] = sides
  const missing = Math.floor(height / 2) * width
  const images = pick(test, placesOf(measured, 'test', counts.inpainting ?? 0))
  const units = latentDimensionOf(config.architecture, dataset.exampleShape)
  const isVariational = network.logVariance !== null
  const drawsPixels = isVariational && config.loss === 'binaryCrossEntropy'
  const [codeRandom, pixelRandom] = ['analysis/inpainting', 'analysis/inpaintingPixels'].map((stream) =>
    createRandom(config.training.seed, stream),
  )
  const numbers = (length: number) => new Float32Array(length)
  const sums = images.map((image) => new Float64Array(image.length))
  const chains = isVariational ? CHAINS : 1
  let draws = 0
  for (let chain = 0; chain < chains; chain++) {
    let current = images.map((image) => image.map((value, index) => (index < missing ? value : (centre[index] ?? 0))))
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const [noise, uniform] = [numbers(images.length * units), numbers(images.length * height * width)]
      codeRandom?.fillNormal(noise, { offset: draws * noise.length })
      pixelRandom?.fillUniform(uniform, { offset: draws * uniform.length })
      draws++
      current = current.map((image, place) => {
        const code = encode(network, image)
        const logVariances = isVariational ? logVariancesOf(network, image) : null
        const drawn = code.map(
          (value, unit) => value + (logVariances ? Math.exp((logVariances[unit] ?? 0) / 2) * (noise[place * units + unit] ?? 0) : 0),
        )
        const means = clip(decode(network, drawn))
        if (iteration >= ITERATIONS / 2)
          means.forEach((value, index) => {
            const sum = sums[place]
            if (sum) sum[index] = (sum[index] ?? 0) + value
          })
        return (images[place] ?? image).map((value, index) => {
          if (index < missing) return value
          const filled = means[index] ?? 0
          return drawsPixels ? ((uniform[place * image.length + index] ?? 0) < Math.fround(filled) ? 1 : 0) : filled
        })
      })
    }
  }
  const expected = sums.map((sum) => sum.map((value) => value / (chains * (ITERATIONS / 2))).subarray(missing))
  return {
    inpaintingMeanSquaredError: meanSquaredErrorOf(
      images.map((image) => image.subarray(missing)),
      expected,
    ),
  }
}

function trainingOf(measured: Measured): Metrics {
  const { network, dataset } = measured
  const rows = pick(rowsOf(dataset.train), placesOf(measured, 'train', 2000))
  const first = rows.slice(0, measured.counts.structuralSimilarity === 0 ? 0 : 300).map((_, index) => index)
  return comparison(measured, rows, first)(rows.map((row) => decode(network, encode(network, row))))
}

/** Labelled features of the examples that probes and clusters look at. */
export function featuresOf(
  measured: Measured,
  featureOf: (row: Row) => Row,
): { readonly train: Labelled; readonly test: Labelled; readonly clustered: Labelled } {
  const { dataset, counts } = measured
  const take = (split: 'train' | 'test', count: number): Labelled => {
    const places = placesOf(measured, split, count)
    return { rows: pick(rowsOf(dataset[split]), places).map(featureOf), labels: pick(dataset[split].labels, places) }
  }
  return {
    train: take('train', counts.linearProbeTrain ?? 0),
    test: take('test', counts.linearProbeTest ?? 0),
    clustered: take('test', counts.kMeans ?? 0),
  }
}

/** Of as few labels as are not divided to choose among several, λ is 1e-3. */
function probeOf(measured: Measured, featureOf: (row: Row) => Row): Metrics {
  if (datasetCatalog[measured.dataset.id].classCount < 2) return {}
  const { train, test } = featuresOf(measured, featureOf)
  const weight = train.labels.length < 50 ? 1e-3 : chooseWeight(train)
  return { linearProbeAccuracy: probeAccuracy(train, test, weight), linearProbeRegularization: weight }
}

/** The λ that tells most of two fifths of the labels from the others; the larger of two that tell as much. */
function chooseWeight({ rows, labels }: Labelled): number {
  const order = [...shuffledIndices(labels.length, { seed: 0, stream: 'analysis/probe' })]
  const judging = Math.round(0.4 * order.length)
  const part = (places: readonly number[]): Labelled => ({ rows: pick(rows, places), labels: pick(labels, places) })
  const [judge, train] = [part(order.slice(0, judging)), part(order.slice(judging))]
  const told = [0.1, 0.03, 0.01, 1e-3].map((weight) => ({ weight, accuracy: probeAccuracy(train, judge, weight) }))
  return told.reduce((best, each) => (each.accuracy > best.accuracy ? each : best)).weight
}

function corruptedOf(measured: Measured, test: readonly Row[], components: Components, kept: number): Readonly<Record<string, Metrics>> {
  const { config, network, dataset } = measured
  if (config.corruption.kind === 'none') return {}
  const compare = comparison(measured, test)
  const corrupted = corrupt(config, test, { seed: 0, stream: 'corruption/in order' })
  const sides = sidesOf(dataset)
  return {
    DENOISED: compare(corrupted.map((row) => decode(network, encode(network, row)))),
    CORRUPTED: compare(corrupted),
    CORRUPTED_PCA: compare(corrupted.map((row) => restore(components, project(components, row, kept)))),
    WIENER_FILTER: compare(filterLinearly(measured, corrupted, components)),
    ...(sides ? { MEDIAN_FILTER: compare(corrupted.map((row) => medianOf(row, sides))) } : {}),
  }
}

/** Corrupts rows with the random numbers of their places: what is drawn is given, what is made of it is measured. */
export function corrupt(
  { corruption }: RunConfig,
  rows: readonly Row[],
  { seed, stream }: { seed: number; stream: string },
): readonly Row[] {
  const size = rows[0]?.length ?? 0
  if (corruption.kind === 'none' || size === 0) return rows
  const corruptor = new Corruptor({ corruption, exampleSize: size, batchSize: rows.length })
  const values = corruptor.corrupt(Float32Array.from(rows.flatMap((row) => [...row])), createRandom(seed, stream), 0)
  return rows.map((_, row) => Float64Array.from(values.subarray(row * size, (row + 1) * size)))
}

/** The best affine guess of each principal component by itself, from training examples corrupted alike. */
function filterLinearly(measured: Measured, corrupted: readonly Row[], components: Components): readonly Row[] {
  const rows = pick(rowsOf(measured.dataset.train), placesOf(measured, 'train', 2000))
  const all = components.directions.length
  const clean = columnsOf(rows.map((row) => project(components, row, all)))
  const seen = columnsOf(
    corrupt(measured.config, rows, { seed: 0, stream: 'corruption/analysis/filter' }).map((row) => project(components, row, all)),
  )
  const gains = seen.map((column, index) => {
    const [centre, target] = [mean([...column]), clean[index] ?? column]
    const covariance = mean(Array.from(column, (value, row) => (value - centre) * (target[row] ?? 0)))
    return { centre, target: mean([...target]), gain: covariance / varianceOf(column) }
  })
  return corrupted.map((row) =>
    restore(
      components,
      project(components, row, all).map((value, index) => {
        const { centre, target, gain } = gains[index] ?? { centre: 0, target: 0, gain: 0 }
        return target + gain * (value - centre)
      }),
    ),
  )
}

function medianOf(row: Row, [height, width]: readonly [number, number]): Row {
  return row.map((_, place) => {
    const [top, left] = [Math.floor(place / width), place % width]
    const around = [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].flatMap((dx) => {
        const [y, x] = [top + dy, left + dx]
        return y < 0 || x < 0 || y >= height || x >= width ? [] : [row[y * width + x] ?? 0]
      }),
    )
    around.sort((a, b) => a - b)
    const middle = (around.length - 1) / 2
    return ((around[Math.floor(middle)] ?? 0) + (around[Math.ceil(middle)] ?? 0)) / 2
  })
}
