import { describe, expect, it } from 'vitest'
import { analyze, metricsOf } from './analyze.js'
import { report } from './report.js'
import { isFull, runsOf } from './scale.js'
import { trainRun } from './trainRun.js'

describe('regularized autoencoders', () => {
  it('with a contractive penalty have an encoder whose Jacobian is ten times smaller, at a similar error', async () => {
    const rows = []
    for (const { label, config } of runsOf('contractive', { trainCount: 12_000, epochs: 28, labels: ['plain', 'λ = 1'] })) {
      const run = await trainRun(config)
      const { jacobianNorm } = metricsOf(await analyze(run), 'MODEL')
      rows.push({ label, jacobianNorm: jacobianNorm ?? Number.NaN, error: run.metrics.validationMeanSquaredError })
    }
    const [plain, ...others] = rows
    const compared = others.map((row) => ({
      ...row,
      smaller: (plain?.jacobianNorm ?? 0) / row.jacobianNorm,
      worse: row.error / (plain?.error ?? 0),
    }))
    report('Mean Jacobian norm on test data (published ratio: about 24, Rifai et al. 2011)', [...rows.slice(0, 1), ...compared])
    // Similar: within a tenth of the plain one's squared error.
    const similar = compared.filter(({ worse }) => worse < (isFull ? 1.1 : 2)).map(({ smaller }) => smaller)
    expect(Math.max(...similar)).toBeGreaterThan(isFull ? 10 : 3)
  })

  it('with sparsity penalties have few active units, though there are more units than pixels', async () => {
    const rows: { label: string; meanActivation: number | null; onShare: number | null; error: number }[] = []
    for (const { label, config } of runsOf('sparse', { trainCount: 3000, epochs: 3, labels: ['no penalty', 'KL, target 0.05'] })) {
      const run = await trainRun(config)
      const { meanActivation, validationMeanSquaredError: error } = run.metrics
      rows.push({ label, meanActivation, onShare: isFull ? metricsOf(await analyze(run), 'MODEL').onShare : null, error })
    }
    report('Sparse overcomplete autoencoders', rows)
    const of = (label: string) => rows.find((row) => row.label === label)
    expect(of('KL, target 0.05')?.meanActivation).toBeLessThan(0.5 * (of('no penalty')?.meanActivation ?? 0))
    if (isFull) expect(of('L1')?.onShare).toBeLessThan(0.5 * (of('no penalty')?.onShare ?? 0))
  })

  it('can be trained by L-BFGS where the objective is deterministic', async () => {
    const rows: { label: string; train: number; test: number; error: number; seconds: number }[] = []
    for (const { label, config } of runsOf('dae-cae', { trainCount: 1000, epochs: 4 })) {
      const { metrics, seconds } = await trainRun(config)
      rows.push({ label, train: metrics.trainLoss, test: metrics.validationLoss, error: metrics.validationMeanSquaredError, seconds })
    }
    report('Denoising or contractive?', rows)
    const of = (label: string) => rows.find((row) => row.label === label)
    expect(of('contractive, L-BFGS')?.train).toBeLessThan(1.1 * (of('contractive, Adam')?.train ?? 0))
  })
})
