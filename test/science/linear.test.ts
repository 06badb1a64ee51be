import { computePcaBaseline } from '@hourglass/autoencoders/training'
import { loadDataset } from '@hourglass/datasets/node'
import { describe, expect, it } from 'vitest'
import { analyze, baselineOf } from './analyze.js'
import { report } from './report.js'
import { isFull, runsOf } from './scale.js'
import { trainRun } from './trainRun.js'

/** Test mean squared error of PCA on MNIST, 60,000 images to fit and 10,000 to test, unclipped; computed independently with NumPy. */
const independent: Readonly<Record<number, number>> = {
  2: 0.05567,
  4: 0.0479,
  8: 0.03744,
  16: 0.02686,
  32: 0.01683,
  64: 0.00905,
  128: 0.00421,
}

describe('linear autoencoders', () => {
  it('are compared with a PCA that has the right error, to 0.5 %', async () => {
    const { meanSquaredErrors } = await computePcaBaseline({ dataset: await loadDataset('mnist', { validationCount: 0 }) })
    const rows = Object.entries(independent).map(([k, expected]) => ({
      k: Number(k),
      expected,
      computed: meanSquaredErrors[Number(k) - 1] ?? Number.NaN,
    }))
    report('PCA on MNIST', rows)
    for (const { expected, computed } of rows) expect(Math.abs(computed / expected - 1)).toBeLessThan(0.005)
  })

  it('come to PCA’s error and to its subspace', async () => {
    // Few examples have a subspace of their own: the short version is compared with PCA on the same ones.
    const runs = runsOf('linear-sweep', { trainCount: 3000, testCount: 500, epochs: 25, labels: ['z = 8'] })
    const rows = []
    for (const { label, config } of runs) {
      const run = await trainRun(config)
      const { baseline } = await baselineOf(config)
      const analysis = await analyze(run)
      const code = config.architecture.kind === 'dense' ? config.architecture.latentDimension : Number.NaN
      const pca = baseline.meanSquaredErrors[code - 1] ?? Number.NaN
      const angles = (analysis.subspaceAngles ?? []).map((angle) => (angle * 180) / Math.PI)
      // What PCA is optimal for is the error without clipping.
      const error = run.metrics.unclippedMeanSquaredError ?? Number.NaN
      rows.push({ label, code, error, pca, ratio: error / pca, largestAngle: Math.max(...angles), meanAngle: mean(angles) })
    }
    report('Linear autoencoders against PCA (angles in degrees)', rows)
    for (const { code, ratio, largestAngle } of rows) {
      expect(largestAngle).toBeLessThan(90)
      if (code === 32 || !isFull) expect(ratio).toBeLessThan(isFull ? 1.02 : 1.1)
    }
  })
})

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
