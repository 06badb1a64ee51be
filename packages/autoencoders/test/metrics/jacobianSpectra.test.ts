import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { codeSpread } from '../../src/analysis/measureModel.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, initializeParameters, type NamedTensors, type RunConfigInput } from '../../src/index.js'
import { EngineModel } from '../../src/inference/EngineModel.js'
import { jacobianNorm } from '../../src/metrics/jacobianNorm.js'
import { jacobianSpectra, reconstructionJacobianNorm } from '../../src/metrics/jacobianSpectra.js'

const exampleShape = [3, 4]
const examples = Float32Array.from({ length: 24 }, (_, index) => 0.5 + 0.4 * Math.sin(3 * index))

async function modelOf(architecture: RunConfigInput['architecture'], change: (parameters: NamedTensors) => NamedTensors = (same) => same) {
  const { architecture: config } = completeRunConfig({ architecture })
  const parameters = change(initializeParameters(config, { exampleShape, seed: 4 }))
  return new EngineModel(await createEngine('cpu', { threads: 1 }), { config, exampleShape, parameters })
}

/** Differentiates a function of one example by central differences: [outputs, 12]. */
async function differentiate(apply: (rows: Float32Array) => Promise<Float32Array>, example: Float32Array): Promise<Matrix> {
  const step = 1e-2
  const columns = await Promise.all(
    Array.from(example, async (_, index) => {
      const moved = (by: number) => example.map((value, at) => (at === index ? value + by : value))
      const [up, down] = [await apply(moved(step)), await apply(moved(-step))]
      return Array.from(up, (value, at) => (value - (down[at] ?? 0)) / (2 * step))
    }),
  )
  return new Matrix(columns).transpose()
}

const singularValues = (matrix: Matrix) => new SingularValueDecomposition(matrix, { autoTranspose: true }).diagonal

describe('jacobianSpectra', () => {
  it.each([
    ['a deep one', { kind: 'dense', latentDimension: 3, hiddenWidths: [6], hiddenActivation: 'tanh' }],
    ['one with a code longer than the example', { kind: 'dense', latentDimension: 15, codeActivation: 'sigmoid' }],
  ] satisfies [string, RunConfigInput['architecture']][])('agrees with differences of %s', async (_name, architecture) => {
    const model = await modelOf(architecture)
    const { encoder, reconstruction, reconstructionNorm } = await jacobianSpectra(model, examples)
    const [sumsOfCode, sumsOfAll]: [number[], number[]] = [[], []]
    let norm = 0
    for (const example of [examples.slice(0, 12), examples.slice(12)]) {
      const ofCode = singularValues(await differentiate((rows) => model.encode(rows), example))
      const whole = await differentiate(async (rows) => model.decode(await model.encode(rows)), example)
      const ofAll = singularValues(whole)
      norm += whole.norm('frobenius') / 2
      for (const index of encoder.keys()) {
        sumsOfCode[index] = (sumsOfCode[index] ?? 0) + (ofCode[index] ?? 0) / 2
        sumsOfAll[index] = (sumsOfAll[index] ?? 0) + (ofAll[index] ?? 0) / 2
      }
    }
    for (const [index, value] of encoder.entries()) expect(value).toBeCloseTo(sumsOfCode[index] ?? Number.NaN, 3)
    for (const [index, value] of reconstruction.entries()) expect(value).toBeCloseTo(sumsOfAll[index] ?? Number.NaN, 3)
    expect(reconstructionNorm).toBeCloseTo(norm, 3)
    expect(await reconstructionJacobianNorm(model, examples)).toBeCloseTo(reconstructionNorm, 5)
    await model.dispose()
  })

  it('says the same whatever the scale of the code, as the norm over the spread of codes does and the norm alone does not', async () => {
    const linear = { kind: 'dense', latentDimension: 3, outputActivation: 'linear' } as const
    const rescaled = (by: number) => (parameters: NamedTensors) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, { shape, values }]) => {
          const factor = name.startsWith('encoder') ? by : name === 'decoder/0/kernel' ? 1 / by : 1
          return [name, { shape, values: values.map((value) => value * factor) }]
        }),
      )
    const measure = async (by: number) => {
      const model = await modelOf(linear, rescaled(by))
      const norm = await jacobianNorm(model, examples)
      const { reconstructionNorm } = await jacobianSpectra(model, examples)
      const spread = codeSpread(await model.encode(examples), 3)
      await model.dispose()
      return { norm, reconstructionNorm, scaled: norm / spread }
    }
    const [own, tenth] = [await measure(1), await measure(0.1)]
    expect(tenth.norm).toBeCloseTo(own.norm / 10, 5)
    expect(tenth.reconstructionNorm).toBeCloseTo(own.reconstructionNorm, 5)
    expect(tenth.scaled / own.scaled).toBeCloseTo(1, 4)
  })
})
