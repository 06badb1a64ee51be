import { createDecoder, createEncoder, latentDimensionOf, type ModelDescription, type PrincipalComponents } from '@hourglass/autoencoders'
import { createRandom, gatherExamples } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { describe, expect, it } from 'vitest'
import { baselineOf } from './analyze.js'
import { report } from './report.js'
import { isFull, runsOf } from './scale.js'
import { type TrainedRun, trainRun } from './trainRun.js'

describe('undercomplete autoencoders', () => {
  it('with the chapter’s settings reconstruct better the larger the code, and no worse than PCA clipped to 0…1', async () => {
    const rows = []
    for (const { config } of runsOf('undercomplete-sweep', {
      trainCount: 5000,
      testCount: 500,
      epochs: 12,
      labels: ['z = 16', 'z = 4', 'z = 1'],
    })) {
      const run = await trainRun(config)
      const code = latentDimensionOf(config.architecture, [28, 28])
      const pca = await errorsOfPca(run, code)
      const { validationMeanSquaredError: error, peakSignalToNoiseRatio: decibels } = run.metrics
      rows.push({ code, error, ...pca, decibels, seconds: run.seconds, processorSeconds: run.processorSeconds })
    }
    report('The chapter’s undercomplete sweep', rows)
    const falling = rows.toSorted((a, b) => a.code - b.code)
    for (const [index, { error, code, clipped }] of falling.entries()) {
      expect(error, `z = ${code}`).toBeLessThan(falling[index - 1]?.error ?? 1)
      // A short training has not come to the end of what a linear decoder can do.
      if (code <= 64 && isFull) expect(error, `z = ${code}`).toBeLessThanOrEqual(clipped)
    }
  })

  it('with deep nonlinear layers beat PCA by far', async () => {
    const rows = []
    for (const { config } of runsOf('undercomplete-deep-sweep', { trainCount: 6000, testCount: 500, epochs: 6, labels: ['z = 8'] })) {
      const run = await trainRun(config)
      const code = latentDimensionOf(config.architecture, [28, 28])
      const { clipped } = await errorsOfPca(run, code)
      const error = run.metrics.validationMeanSquaredError
      rows.push({ code, error, pca: clipped, lower: 1 - error / clipped, seconds: run.seconds })
    }
    report('Deep autoencoders against PCA', rows)
    for (const { code, lower } of rows) {
      if (code === 2) expect(lower).toBeGreaterThan(isFull ? 0.3 : 0.15)
      if (code >= 4 && code <= 16) expect(lower).toBeGreaterThan(isFull ? 0.4 : 0.1)
      expect(lower, `z = ${code}`).toBeGreaterThan(0)
    }
  })

  it('that are overcomplete and linear copy what they were trained on, noise as well as digits', async () => {
    const rows = []
    for (const { label, config } of runsOf('overcomplete', { trainCount: 10_000, epochs: 3, testCount: 300 })) {
      const { metrics, parameters } = await trainRun(config)
      const model = { config: config.architecture, exampleShape: [28, 28], parameters }
      const [noise, digits] = [await errorOn(drawNoise(200), model), await errorOn(await takeDigits(200), model)]
      rows.push({ label, own: metrics.validationMeanSquaredError, noise, digits })
    }
    report('Overcomplete linear autoencoders: error on their own test data, on pure noise (variance 0.0833) and on digits', rows)
    const [digits, noise] = rows
    expect(digits?.own).toBeLessThan(isFull ? 0.003 : 0.01)
    expect(noise?.own).toBeLessThan(isFull ? 0.003 : 0.05)
    expect(noise?.noise).toBeLessThan(1.2 * (noise?.own ?? 0))
    if (isFull) expect(noise?.noise).toBeLessThan(Math.max(0.003, 2 * (digits?.own ?? 0)))
    // Whoever has learned to copy noise copies digits, of which it never saw any.
    expect(noise?.digits).toBeLessThan(isFull ? 0.0005 : 0.05)
  })

  it('that are very powerful learn a few examples by heart in a single code unit', async () => {
    const [few] = runsOf('powerful', { trainCount: 8, epochs: 4, testCount: 200, labels: ['10 training examples'] })
    if (!few) throw new Error('expected a run')
    const { metrics } = await trainRun(few.config)
    report('A powerful autoencoder with one code unit', [{ train: metrics.trainLoss, test: metrics.validationLoss }])
    expect(metrics.trainLoss).toBeLessThan(metrics.validationLoss / (isFull ? 10 : 2))
  })
})

function drawNoise(count: number): Float32Array {
  const noise = new Float32Array(count * 784)
  createRandom(1, 'science/noise').fillUniform(noise)
  return noise
}

async function takeDigits(count: number): Promise<Float32Array> {
  const { test } = await loadDataset('mnist', { testCount: count })
  const digits = new Float32Array(count * 784)
  gatherExamples(test, { indices: Uint32Array.from({ length: count }, (_, index) => index), start: 0, end: count }, digits)
  return digits
}

/** Computes the mean squared error of reconstructions of images. */
async function errorOn(images: Float32Array, model: ModelDescription): Promise<number> {
  const count = images.length / 784
  const [encoder, decoder] = [await createEncoder(model), await createDecoder(model)]
  const reconstructions = decoder.decode(encoder.encode(images, count), count)
  encoder.dispose()
  decoder.dispose()
  return images.reduce((sum, value, index) => sum + (value - (reconstructions[index] ?? Number.NaN)) ** 2, 0) / images.length
}

/** Computes the test errors of PCA with so many components, as it is and clipped to 0…1. */
async function errorsOfPca({ config }: TrainedRun, k: number): Promise<{ unclipped: number; clipped: number }> {
  const { dataset, baseline } = await baselineOf(config)
  const components = baseline.principalComponents as PrincipalComponents
  const { test } = dataset
  const indices = Uint32Array.from({ length: test.count }, (_, index) => index)
  const batch = 500
  let sum = 0
  for (let start = 0; start < test.count; start += batch) {
    const count = Math.min(batch, test.count - start)
    const examples = new Float32Array(count * components.size)
    gatherExamples(test, { indices, start, end: start + count }, examples)
    const used = Math.min(k, components.rank)
    const decoded = components.decode(components.encode(examples, used), used)
    decoded.forEach((value, index) => {
      sum += ((examples[index] ?? 0) - Math.min(1, Math.max(0, value))) ** 2
    })
  }
  return {
    unclipped: baseline.meanSquaredErrors[Math.min(k, components.rank) - 1] ?? Number.NaN,
    clipped: sum / (test.count * components.size),
  }
}
