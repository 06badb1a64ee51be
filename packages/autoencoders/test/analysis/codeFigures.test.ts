import type { Dataset } from '@hourglass/datasets'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, createEncoder, initializeParameters } from '../../src/index.js'
import { computePcaBaseline, type PcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'

let digits: Dataset
let baseline: PcaBaseline
beforeAll(async () => {
  digits = await loadSmallDigits(600, 120)
  baseline = await computePcaBaseline({ dataset: digits })
})

/** What is looked at where other parts of the analysis do not matter. */
const glance = {
  structuralSimilarity: 5,
  linearProbeTrain: 20,
  linearProbeTest: 20,
  compressionTrain: 20,
  compressionTest: 10,
  inpainting: 5,
  inpaintingIterations: 2,
}

async function analyse(latentDimension: number, data: { dataset?: Dataset; pca?: PcaBaseline; trainCount?: number } = {}) {
  const { dataset = digits, pca = baseline, trainCount = 600 } = data
  const config = completeRunConfig({
    data: { dataset: dataset.id, trainCount, testCount: 120 },
    architecture: { kind: 'dense', latentDimension, hiddenWidths: [8] },
    training: { seed: 3 },
  })
  const parameters = initializeParameters(config.architecture, { exampleShape: dataset.exampleShape, seed: 1 })
  const engine = await createEngine('onnx', { threads: 1 })
  const found = await analyzeRun({ config, dataset, parameters, engine, ...pca, limits: glance })
  return { ...found, model: { config: config.architecture, exampleShape: dataset.exampleShape, parameters } }
}

describe('the plane of two principal components', () => {
  it('holds the test examples’ places beside a code of two units, and what decodes them', async () => {
    const { analysis, figures } = await analyse(2)
    const { principalComponents } = baseline
    const examples = takeExamples(digits.test, 120).features
    const expected = principalComponents.encode(examples, 2)
    const codes = figures['principalPlane/codes']
    expect(codes?.shape).toEqual([120, 2])
    for (const [index, value] of expected.entries()) expect(codes?.values[index]).toBeCloseTo(value, 4)
    const decoder = figures['principalPlane/decoder']
    expect(decoder?.shape).toEqual([3, 196])
    const decoded = principalComponents.decode(Float32Array.of(0.5, -2), 2)
    for (const [index, value] of decoded.entries()) {
      const [mean = 0, first = 0, second = 0] = [0, 196, 392].map((offset) => decoder?.values[offset + index] ?? Number.NaN)
      expect(mean + 0.5 * first - 2 * second).toBeCloseTo(value, 5)
    }
    const total = principalComponents.variances.reduce((sum, variance) => sum + variance, 0)
    expect(analysis.principalPlane?.examples).toBe(120)
    expect(analysis.principalPlane?.varianceShares[1]).toBeCloseTo((principalComponents.variances[1] ?? 0) / total, 9)
  })

  it('is nothing of codes of other sizes', async () => {
    const { analysis, figures } = await analyse(3)
    expect(analysis.principalPlane).toBeNull()
    expect(Object.keys(figures).filter((name) => name.startsWith('principalPlane/'))).toEqual([])
  })
})

describe('a code of one unit', () => {
  it('has every one of few training images at its place, by rising code', async () => {
    const few = await loadSmallDigits(7, 120)
    const { analysis, figures, model } = await analyse(1, {
      dataset: few,
      pca: await computePcaBaseline({ dataset: few }),
      trainCount: 7,
    })
    const encoder = await createEncoder(model)
    const { features, labels } = takeExamples(few.train, 7)
    const codes = encoder.encode(features, 7)
    encoder.dispose()
    const order = [...codes.keys()].sort((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0))
    expect(analysis.codeLine.map(({ label }) => label)).toEqual(order.map((index) => labels[index]))
    for (const [rank, index] of order.entries()) {
      expect(analysis.codeLine[rank]?.code).toBeCloseTo(codes[index] ?? Number.NaN, 5)
      expect(figures['codeLine/images']?.values.slice(196 * rank, 196 * (rank + 1))).toEqual(features.slice(196 * index, 196 * (index + 1)))
    }
    expect(figures['codeLine/images']?.shape).toEqual([7, 14, 14])
  })

  it('has a hundred of many', async () => {
    const { analysis, figures } = await analyse(1)
    const codes = analysis.codeLine.map(({ code }) => code)
    expect(codes).toHaveLength(100)
    expect(codes).toEqual(codes.toSorted((a, b) => a - b))
    expect(figures['codeLine/images']?.shape).toEqual([100, 14, 14])
  })
})

describe('clusters', () => {
  it('are stored with the place, the cluster and the class of each example, as they were measured', async () => {
    const { analysis, figures } = await analyse(3)
    const map = figures['clusters/map']
    const rows = Array.from({ length: map?.shape[0] ?? 0 }, (_, row) => [...(map?.values.slice(4 * row, 4 * row + 4) ?? [])])
    expect(rows).toHaveLength(analysis.counts.kMeans)
    const { axes, clusters = [], varianceShare } = analysis.clusters ?? {}
    expect(axes).toBe('PRINCIPAL_DIRECTIONS')
    expect(varianceShare).toBeGreaterThan(0.5)
    expect(clusters).toHaveLength(10)
    expect(clusters.map(({ matchedClass }) => matchedClass)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    const counted = clusters.map((_, cluster) =>
      Array.from({ length: 10 }, (_, label) => rows.filter((row) => row[2] === cluster && row[3] === label).length),
    )
    expect(clusters.map(({ counts }) => counts)).toEqual(counted)
    // Mutual information by its definition, from the table that is told.
    const count = rows.length
    const entropy = (sizes: readonly number[]) =>
      -sizes.reduce((sum, size) => sum + (size > 0 ? (size / count) * Math.log(size / count) : 0), 0)
    const ofClusters = entropy(counted.map((row) => row.reduce((sum, value) => sum + value, 0)))
    const ofClasses = entropy(counted[0]?.map((_, label) => counted.reduce((sum, row) => sum + (row[label] ?? 0), 0)) ?? [])
    const information = ofClusters + ofClasses - entropy(counted.flat())
    const told = analysis.subjects.find(({ subject }) => subject === 'MODEL')?.metrics.kMeansNormalizedMutualInformation
    expect(told).toBeCloseTo(information / ((ofClusters + ofClasses) / 2), 6)
  })

  it('of long codes are measured and not mapped', async () => {
    const { analysis, figures } = await analyse(65)
    expect(analysis.clusters).toBeNull()
    expect(figures['clusters/map']).toBeUndefined()
    expect(analysis.counts.kMeans).toBe(120)
    expect(analysis.subjects.find(({ subject }) => subject === 'MODEL')?.metrics.kMeansAdjustedRandIndex).not.toBeNull()
  })
})
