import { type Dataset, makeToyManifold } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import type { AnalyzeRunOptions } from '../../src/analysis/AnalyzeRunOptions.js'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters, type NamedTensors, type RunConfigInput } from '../../src/index.js'
import { toLinearModel } from '../../src/pca/toLinearModel.js'
import { computePcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'

/** A model of one layer each way that decodes every code to the same values. */
async function constantModel(dataset: Dataset, values: Float32Array, config: RunConfigInput): Promise<AnalyzeRunOptions> {
  const completed = completeRunConfig({
    ...config,
    architecture: { kind: 'dense', latentDimension: 1, outputActivation: 'linear' },
    data: { dataset: dataset.id, ...config.data },
  })
  const initial = initializeParameters(completed.architecture, { exampleShape: dataset.exampleShape, seed: 1 })
  const parameters: NamedTensors = Object.fromEntries(
    Object.entries(initial).map(([name, { shape, values: own }]) => [
      name,
      { shape, values: own.length === values.length && shape.length === 1 ? values : own.map(() => 0) },
    ]),
  )
  const { principalComponents } = await computePcaBaseline({ dataset })
  return { config: completed, dataset, parameters, engine: await createEngine('cpu', { threads: 1 }), principalComponents }
}

describe('the vector field of a denoising autoencoder', () => {
  const circle: Dataset = {
    id: 'circle',
    exampleShape: [2],
    train: makeToyManifold('circle', { count: 100, seed: 1 }),
    validation: null,
    test: makeToyManifold('circle', { count: 50, seed: 2 }),
  }
  const corruption = { kind: 'gaussian', standardDeviation: 0.25 } as const

  it('is measured on the curve and a standard deviation beside it', async () => {
    // All places are moved to the centre: from outside the circle that is the way to it, from inside the opposite, and from the circle it is 1.
    const { analysis } = await analyzeRun(await constantModel(circle, Float32Array.of(0, 0), { corruption }))
    expect(analysis.vectorField?.meanCosine).toBeCloseTo(0, 2)
    expect(analysis.vectorField?.stepOnCurve).toBeCloseTo(1 / 0.25, 4)
  })

  it('is nothing that a run without noise has', async () => {
    const { analysis } = await analyzeRun(await constantModel(circle, Float32Array.of(0, 0), {}))
    expect(analysis.vectorField).toBeNull()
  })
})

describe('how much of a step is left in the reconstruction', () => {
  const moons: Dataset = {
    id: 'two-moons',
    exampleShape: [2],
    validation: null,
    train: makeToyManifold('two-moons', { count: 100, seed: 1 }),
    test: makeToyManifold('two-moons', { count: 50, seed: 2 }),
  }
  const responseOf = async (options: AnalyzeRunOptions) => (await analyzeRun(options)).analysis.stepResponse

  it('is all of it where points are copied, along the curve as across it', async () => {
    const { principalComponents } = await computePcaBaseline({ dataset: moons })
    const { config: architecture, parameters } = toLinearModel(principalComponents, 2, [2])
    const options = await constantModel(moons, Float32Array.of(0, 0), {})
    const response = await responseOf({ ...options, config: { ...options.config, architecture }, parameters })
    for (const share of [...(response?.along ?? []), ...(response?.across ?? [])]) expect(share).toBeCloseTo(1, 4)
    expect(response?.along).toHaveLength(response?.lengths.length ?? 0)
  })

  it('is nothing where all points become the same one', async () => {
    const response = await responseOf(await constantModel(moons, Float32Array.of(0.2, 0.1), {}))
    expect([...(response?.along ?? []), ...(response?.across ?? [])]).toEqual(Array(14).fill(0))
  })

  it('is the share that lies in the direction that a line keeps', async () => {
    const { principalComponents } = await computePcaBaseline({ dataset: moons })
    const { config: architecture, parameters } = toLinearModel(principalComponents, 1, [2])
    const options = await constantModel(moons, Float32Array.of(0, 0), {})
    const response = await responseOf({ ...options, config: { ...options.config, architecture }, parameters })
    // Of half circles in all directions: along the tangent |cos|, at right angles |sin| of the angle to the component.
    const [a = 0, b = 0] = principalComponents.components
    const places = Array.from({ length: 100 }, (_, index) => Math.PI * ((index + 0.5) / 100))
    const mean = (share: (turn: number) => number) => places.reduce((sum, turn) => sum + Math.abs(share(turn)), 0) / 100
    expect(response?.along[0]).toBeCloseTo(
      mean((turn) => -a * Math.sin(turn) + b * Math.cos(turn)),
      2,
    )
    expect(response?.across[0]).toBeCloseTo(
      mean((turn) => a * Math.cos(turn) + b * Math.sin(turn)),
      2,
    )
  })

  it('is not asked of points that lie around no curve of the plane', async () => {
    const line: Dataset = {
      id: 'line',
      exampleShape: [1],
      validation: null,
      train: makeToyManifold('line', { count: 60, seed: 1 }),
      test: makeToyManifold('line', { count: 30, seed: 2 }),
    }
    expect(await responseOf(await constantModel(line, Float32Array.of(0.1), {}))).toBeNull()
  })
})

describe('whether new images become stored ones', () => {
  it('is a share of test images: all where everything is decoded to a training image, none where to grey', async () => {
    const dataset = await loadSmallDigits(10, 30)
    const stored = takeExamples(dataset.train, 1).features
    const data = { trainCount: 10 }
    const share = async (values: Float32Array) => (await analyzeRun(await constantModel(dataset, values, { data }))).analysis.storedExamples
    expect(await share(stored)).toEqual({ stored: 10, examples: 30, share: 1 })
    expect(await share(stored.map(() => 0.5))).toEqual({ stored: 10, examples: 30, share: 0 })
  })

  it('is not asked of a run with many training images', async () => {
    const dataset = await loadSmallDigits(101, 10)
    const { analysis } = await analyzeRun(await constantModel(dataset, new Float32Array(196), {}))
    expect(analysis.storedExamples).toBeNull()
  })
})
