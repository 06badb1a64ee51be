import { describe, expect, it } from 'vitest'
import { analyze, metricsOf } from './analyze.js'
import { report } from './report.js'
import { isFull, runsOf } from './scale.js'
import { trainRun } from './trainRun.js'

describe('variational autoencoders', () => {
  it('have more collapsed units the larger beta', async () => {
    const rows = []
    for (const { label, config } of runsOf('beta', { trainCount: 4000, testCount: 300, epochs: 5, labels: ['β = 0.25', 'β = 16'] })) {
      const { metrics } = await trainRun(config)
      const { activeUnitShare, divergence, bitsPerPixel, validationMeanSquaredError } = metrics
      rows.push({ label, collapsed: Math.round(16 * (1 - activeUnitShare)), divergence, bitsPerPixel, error: validationMeanSquaredError })
    }
    report('The weight of the prior: collapsed units of 16', rows)
    const collapsed = rows.map((row) => row.collapsed)
    expect(collapsed).toEqual(collapsed.toSorted((a, b) => a - b))
    expect(collapsed.at(-1)).toBeGreaterThan(collapsed[0] ?? 16)
  })

  it('fill in missing halves better than the mean image does', async () => {
    const rows = []
    for (const { label, config } of runsOf('inpainting', { trainCount: 4000, testCount: 300, epochs: 8, labels: ['variational'] })) {
      const { inpainting } = await analyze(await trainRun(config), { inpainting: 100, inpaintingIterations: 10, inpaintingChains: 4 })
      rows.push({
        label,
        error: inpainting?.meanSquaredError ?? Number.NaN,
        meanImage: inpainting?.meanImageMeanSquaredError ?? Number.NaN,
      })
    }
    report('Inpainting: error on the missing half', rows)
    expect(rows[0]?.error).toBeLessThan(rows[0]?.meanImage ?? Number.NaN)
  })
})

describe('compression', () => {
  it('has a curve of rate and distortion, beside those of JPEG and PCA', async () => {
    const rows = []
    for (const { label, config } of runsOf('compression', { trainCount: 4000, testCount: 300, epochs: 4, labels: ['z = 16'] })) {
      const { rateDistortion } = await analyze(await trainRun(config), { compressionTrain: 1000, compressionTest: 100 })
      expect(rateDistortion.map(({ codec }) => codec)).toEqual(['MODEL', 'PCA', 'JPEG'])
      for (const { codec, points } of rateDistortion) {
        expect(points.length).toBeGreaterThanOrEqual(5)
        const byRate = points.toSorted((a, b) => a.bitsPerPixel - b.bitsPerPixel)
        expect(byRate.at(-1)?.meanSquaredError).toBeLessThan(byRate[0]?.meanSquaredError ?? 0)
        rows.push(...byRate.map((point) => ({ label, codec, ...point })))
      }
    }
    report('Rate and distortion', rows)
  })
})

describe('features', () => {
  it.runIf(isFull)('are measured by a linear probe and by clusters, beside PCA and pixels', async () => {
    const rows = []
    for (const preset of ['features', 'clustering']) {
      for (const { label, config } of runsOf(preset, { trainCount: 0, epochs: 0 })) {
        const analysis = await analyze(await trainRun(config))
        for (const subject of ['MODEL', 'PCA', 'PIXELS'] as const) {
          const { linearProbeAccuracy, kMeansNormalizedMutualInformation, kMeansAdjustedRandIndex } = metricsOf(analysis, subject)
          rows.push({ label, subject, probe: linearProbeAccuracy, nmi: kMeansNormalizedMutualInformation, ari: kMeansAdjustedRandIndex })
        }
      }
    }
    report('Features and clusters', rows)
    const deep = rows.find(({ label, subject }) => label === 'deep, z = 64, seed 1' && subject === 'MODEL')
    expect(deep?.probe).toBeGreaterThan(0.85)
  })
})
