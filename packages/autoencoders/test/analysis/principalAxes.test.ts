import { type Dataset, makeToyManifold } from '@hourglass/datasets'
import { expect, it } from 'vitest'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters } from '../../src/index.js'
import { computePcaBaseline } from '../../src/training.js'

it('tells the mean of training points and the eigenvectors of their covariance, each with the standard deviation along it', async () => {
  const [train, test] = [
    makeToyManifold('correlated', { count: 500, seed: 1 }),
    makeToyManifold('correlated', { count: 50, seed: 1, stream: 'test' }),
  ]
  const dataset: Dataset = { id: 'correlated', exampleShape: [2], train, validation: null, test }
  const config = completeRunConfig({
    data: { dataset: 'correlated', trainCount: 500, testCount: 50 },
    architecture: { kind: 'dense', latentDimension: 1, outputActivation: 'linear' },
  })
  const { analysis } = await analyzeRun({
    config,
    dataset,
    parameters: initializeParameters(config.architecture, { exampleShape: [2], seed: 1 }),
    engine: await createEngine('onnx', { threads: 1 }),
    ...(await computePcaBaseline({ dataset })),
  })

  const points = Array.from({ length: 500 }, (_, index) => [train.values[2 * index] ?? 0, train.values[2 * index + 1] ?? 0] as const)
  const mean = (of: (point: readonly [number, number]) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])]
  const a = mean((point) => (point[0] - x) ** 2)
  const b = mean((point) => (point[0] - x) * (point[1] - y))
  const c = mean((point) => (point[1] - y) ** 2)
  // The eigenvalues of [[a, b], [b, c]] are (a + c)/2 ± √((a − c)²/4 + b²), and the first eigenvector is turned by atan2(2b, a − c)/2.
  const root = Math.sqrt((a - c) ** 2 / 4 + b ** 2)
  const angle = Math.atan2(2 * b, a - c) / 2
  const axes = analysis.principalAxes
  expect(axes?.mean[0]).toBeCloseTo(x, 6)
  expect(axes?.mean[1]).toBeCloseTo(y, 6)
  const [first, second] = axes?.eigenvectors ?? []
  expect(first?.standardDeviation).toBeCloseTo(Math.sqrt((a + c) / 2 + root), 5)
  expect(second?.standardDeviation).toBeCloseTo(Math.sqrt((a + c) / 2 - root), 5)
  expect(first?.direction[0]).toBeCloseTo(Math.cos(angle), 5)
  expect(first?.direction[1]).toBeCloseTo(Math.sin(angle), 5)
  // The larger coordinate of the second is the upward one, which is therefore positive.
  expect(second?.direction[0]).toBeCloseTo(-Math.sin(angle), 5)
  expect(second?.direction[1]).toBeCloseTo(Math.cos(angle), 5)
})
