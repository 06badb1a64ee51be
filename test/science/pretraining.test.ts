import { createEngine, fineTuneClassifier } from '@hourglass/autoencoders/analysis'
import { loadDataset } from '@hourglass/datasets/node'
import { expect, it } from 'vitest'
import { report } from './report.js'
import { isFull, runsOf } from './scale.js'
import { trainRun } from './trainRun.js'

it('stacked pretraining lowers the test error of a classifier with few labels', async () => {
  const rows = []
  for (const { label, config } of runsOf('pretraining', { trainCount: 6000, epochs: 2, labels: ['seed 1'] })) {
    const dataset = await loadDataset(config.data.dataset, config.data)
    const engine = await createEngine('onnx', { threads: 1 })
    const { architecture, training, evaluation } = config
    const options = {
      architecture,
      dataset,
      labels: evaluation.labels ?? 0,
      seed: training.seed,
      engine,
      epochs: isFull ? evaluation.fineTuningEpochs : 15,
    }
    const { parameters } = await trainRun(config)
    const [pretrained, random] = [
      await fineTuneClassifier({ ...options, parameters }),
      await fineTuneClassifier({ ...options, parameters: null }),
    ]
    rows.push({ label, with: pretrained.testError, without: random.testError, difference: random.testError - pretrained.testError })
  }
  report('Test error with 1,000 labels, with and without stacked pretraining', [...rows, ...summary(rows)])
  expect(mean(rows.map((row) => row.difference))).toBeGreaterThan(0)
})

interface Errors {
  readonly with: number
  readonly without: number
  readonly difference: number
}

function summary(rows: readonly Errors[]) {
  const columns = ['with', 'without', 'difference'] as const
  const of = (label: string, statistic: (values: number[]) => number) => ({
    label,
    ...Object.fromEntries(columns.map((column) => [column, statistic(rows.map((row) => row[column]))])),
  })
  return [of('mean', mean), of('standard deviation', deviation)]
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function deviation(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / Math.max(1, values.length - 1))
}
