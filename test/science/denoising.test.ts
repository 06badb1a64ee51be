import { createDecoder, createEncoder } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { analyze, metricsOf } from './analyze.js'
import { report } from './report.js'
import { isFull, runsOf } from './scale.js'
import { trainRun } from './trainRun.js'

/** One size for all, so that principal components are computed once. */
const small = { trainCount: 4000, testCount: 300 } as const

async function measure(presetId: string, reduction: Parameters<typeof runsOf>[1]) {
  const rows = []
  for (const { label, config } of runsOf(presetId, reduction)) {
    const run = await trainRun(config)
    const analysis = await analyze(run, { structuralSimilarity: small.testCount, jacobianNorm: 1 })
    const [denoised, corrupted, filtered] = [
      metricsOf(analysis, 'DENOISED'),
      metricsOf(analysis, 'CORRUPTED'),
      metricsOf(analysis, 'MEDIAN_FILTER'),
    ]
    rows.push({
      label,
      corrupted: corrupted.peakSignalToNoiseRatio ?? Number.NaN,
      median: filtered.peakSignalToNoiseRatio ?? Number.NaN,
      denoised: denoised.peakSignalToNoiseRatio ?? Number.NaN,
      corruptedSsim: corrupted.structuralSimilarity ?? Number.NaN,
      medianSsim: filtered.structuralSimilarity ?? Number.NaN,
      denoisedSsim: denoised.structuralSimilarity ?? Number.NaN,
      // Of what the encoder sees, which is not clipped.
      errorLeft: (denoised.meanSquaredError ?? Number.NaN) / (corrupted.unclippedMeanSquaredError ?? Number.NaN),
      seconds: run.seconds,
      processorSeconds: run.processorSeconds,
    })
  }
  report(`${presetId} (PSNR in dB, SSIM)`, rows)
  return rows
}

describe('denoising autoencoders', () => {
  it('take most of the chapter’s uniform noise away, more than a median filter does', async () => {
    const rows = await measure('denoising-sweep', { ...small, epochs: 20, labels: ['z = 64'] })
    for (const { label, errorLeft } of rows) expect(errorLeft, label).toBeLessThan(0.5)
    const row = rows.find(({ label }) => label === 'z = 64')
    expect(row?.denoised).toBeGreaterThan((row?.corrupted ?? Number.NaN) + (isFull ? 6 : 2))
    expect(row?.denoised).toBeGreaterThan(row?.median ?? Number.NaN)
  })

  it('do worse in the order of the noise', async () => {
    const rows = await measure('noise-sweep', { ...small, epochs: 6 })
    const decibels = rows.map(({ denoised }) => denoised)
    expect(decibels).toEqual(decibels.toSorted((a, b) => b - a))
  })

  it('with convolutions beat dense ones of twice the size, on the same noisy images', async () => {
    const rows = await measure('convolutional', { ...small, epochs: 2 })
    const [dense, convolutional] = rows
    expect(convolutional?.corrupted).toBe(dense?.corrupted)
    expect(convolutional?.denoised).toBeGreaterThan(dense?.denoised ?? Number.NaN)
    expect(convolutional?.denoisedSsim).toBeGreaterThan(dense?.denoisedSsim ?? Number.NaN)
  })

  it.runIf(isFull)('are set beside a median filter', async () => {
    for (const { denoised, corrupted } of await measure('median-filter', { trainCount: 0, epochs: 0 }))
      expect(denoised).toBeGreaterThan(corrupted)
  })

  it('learn a vector field that points to the circle', async () => {
    const [circle] = runsOf('vector-field', { trainCount: 1000, epochs: 40, labels: ['circle'] })
    if (!circle) throw new Error('expected a run')
    const { config, parameters } = await trainRun(circle.config)
    const model = { config: config.architecture, exampleShape: [2], parameters }
    const [encoder, decoder] = [await createEncoder(model), await createDecoder(model)]
    const radius = config.corruption.kind === 'gaussian' ? config.corruption.standardDeviation : Number.NaN
    const cosines: number[] = []
    for (let angle = 0; angle < 2 * Math.PI; angle += Math.PI / 36) {
      // Within the noise's reach, apart from the circle itself, where there is no way to go.
      for (const distance of [-1, -0.75, -0.5, 0.5, 0.75, 1]) {
        const r = 1 + distance * radius
        const [x, y] = [r * Math.cos(angle), r * Math.sin(angle)]
        const [toX = 0, toY = 0] = decoder.decode(encoder.encode(Float32Array.of(x, y), 1), 1)
        const [dx, dy] = [toX - x, toY - y]
        const [trueX, trueY] = [Math.cos(angle) - x, Math.sin(angle) - y]
        cosines.push((dx * trueX + dy * trueY) / (Math.hypot(dx, dy) * Math.hypot(trueX, trueY)))
      }
    }
    encoder.dispose()
    decoder.dispose()
    const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length
    report('Vector field of a denoising autoencoder on a circle', [
      { points: cosines.length, meanCosine: mean, least: Math.min(...cosines) },
    ])
    expect(mean).toBeGreaterThan(0.9)
  })
})
