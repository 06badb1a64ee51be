import * as tf from '@tensorflow/tfjs-core'
import { Matrix } from 'ml-matrix'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { type ArchitectureConfig, completeRunConfig, type EngineName, initializeParameters, type RunConfigInput } from '../../src/index.js'
import { EngineModel } from '../../src/inference/EngineModel.js'
import { jacobianNorm, jacobianWork, productSquaredNorms } from '../../src/metrics/jacobianNorm.js'
import { decoderJacobians, tangentDirections } from '../../src/metrics/tangentDirections.js'

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

const exampleShape = [4, 4]
const size = 16

type ArchitectureInput = NonNullable<RunConfigInput['architecture']>

async function withModel<Result>(
  architecture: ArchitectureInput,
  body: (model: EngineModel, parts: { config: ArchitectureConfig; parameters: ReturnType<typeof initializeParameters> }) => Promise<Result>,
  engine: EngineName = 'onnx',
): Promise<Result> {
  const { architecture: config } = completeRunConfig({ architecture })
  const initial = initializeParameters(config, { exampleShape, seed: 3 })
  // Biases start at zero, where symmetric activations hide mistakes.
  const parameters = Object.fromEntries(
    Object.entries(initial).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value, i) => value + 0.1 * Math.sin(i)) },
    ]),
  )
  const model = new EngineModel(await createEngine(engine, { threads: 1 }), { config, exampleShape, parameters })
  try {
    return await body(model, { config, parameters })
  } finally {
    await model.dispose()
  }
}

const examples = Float32Array.from({ length: 3 * size }, (_, index) => 0.5 + 0.5 * Math.sin(index * index))

/** Fourth-order central differences: [inputs, outputs] at one point. */
async function differences(fn: (inputs: Float32Array) => Promise<Float32Array>, point: Float32Array): Promise<Matrix> {
  const h = 0.02
  const moved = (index: number, by: number) => fn(point.map((value, i) => (i === index ? value + by : value)))
  const rows: number[][] = []
  for (const index of point.keys()) {
    const [a, b, c, d] = [await moved(index, h), await moved(index, -h), await moved(index, 2 * h), await moved(index, -2 * h)]
    rows.push([...a].map((value, i) => (8 * (value - (b[i] ?? 0)) - ((c[i] ?? 0) - (d[i] ?? 0))) / (12 * h)))
  }
  return new Matrix(rows)
}

const convolutional: ArchitectureInput = {
  kind: 'convolutional',
  filters: [3],
  bottleneck: { kind: 'featureMap', channels: 1 },
  hiddenActivation: 'tanh',
}
const deep: ArchitectureInput = {
  kind: 'dense',
  latentDimension: 4,
  hiddenWidths: [7],
  hiddenActivation: 'tanh',
  codeActivation: 'sigmoid',
}

describe('EngineModel', () => {
  it('encodes and decodes any number of rows as one by one', async () => {
    await withModel(deep, async (model) => {
      const many = Float32Array.from({ length: 1203 * size }, (_, index) => examples[index % examples.length] ?? 0)
      const codes = await model.encode(many)
      expect(codes).toHaveLength(1203 * 4)
      const last = await model.encode(many.slice(-size))
      last.forEach((value, i) => {
        expect(codes[1202 * 4 + i]).toBeCloseTo(value, 6)
      })
      expect(await model.decode(codes)).toHaveLength(1203 * size)
      await expect(model.encode(new Float32Array(5))).rejects.toMatchObject({ code: 'WRONG_LENGTH' })
    })
  })
})

describe('jacobianNorm', () => {
  it('is √Σⱼ (hⱼ(1 − hⱼ))² Σᵢ Wᵢⱼ² for one sigmoid layer', async () => {
    const architecture: ArchitectureInput = { kind: 'dense', latentDimension: 5, hiddenWidths: [], codeActivation: 'sigmoid' }
    await withModel(architecture, async (model, { parameters }) => {
      const kernel = parameters['encoder/0/kernel']?.values ?? new Float32Array()
      const codes = await model.encode(examples)
      const norms = [0, 1, 2].map((row) => {
        const squares = Array.from({ length: 5 }, (_, j) => {
          const h = codes[row * 5 + j] ?? 0
          const weights = Array.from({ length: size }, (_, i) => (kernel[i * 5 + j] ?? 0) ** 2)
          return (h * (1 - h)) ** 2 * weights.reduce((sum, square) => sum + square, 0)
        })
        return Math.sqrt(squares.reduce((sum, square) => sum + square, 0))
      })
      expect(await jacobianNorm(model, examples)).toBeCloseTo(norms.reduce((sum, norm) => sum + norm, 0) / 3, 5)
    })
  })

  it.each<[name: string, engine: EngineName, architecture: ArchitectureInput]>([
    ['a deep encoder', 'onnx', deep],
    ['a deep encoder', 'cpu', deep],
    ['a convolutional encoder', 'onnx', convolutional],
    ['a variational encoder', 'onnx', { ...deep, encoder: { kind: 'variational' }, codeActivation: 'linear' }],
  ])('agrees with finite differences for %s, on %s', async (_name, engine, architecture) => {
    await withModel(
      architecture,
      async (model) => {
        let expected = 0
        for (let row = 0; row < 3; row++) {
          const jacobian = await differences((inputs) => model.encode(inputs), examples.slice(row * size, (row + 1) * size))
          expected += jacobian.norm('frobenius') / 3
        }
        expect(await jacobianNorm(model, examples)).toBeCloseTo(expected, 4)
        expect(await jacobianNorm(model, examples, productSquaredNorms)).toBeCloseTo(expected, 4)
      },
      engine,
    )
  })
})

describe('jacobianWork', () => {
  it.each<[architecture: ArchitectureInput, expected: number]>([
    // A closed form: Σ d² ‖w‖² takes a forward pass, and B G B a product for each code unit.
    [{ kind: 'dense', latentDimension: 5 }, 2 * 16 * 5],
    [{ kind: 'dense', latentDimension: 5, hiddenWidths: [7] }, 5 * (7 * 5 + 7 * 7)],
    [{ kind: 'dense', latentDimension: 5, hiddenWidths: [9, 7] }, 5 * (9 * 7 + 7 * 5 + 9 * 9)],
    // Else forward and backward passes for each of 2 · 2 units, through 3 · 3 filters of 1 → 3 → 1 channels and back.
    [convolutional, 3 * 4 * 2 * (4 * 27 + 4 * 27)],
  ])('counts the multiplications of %j', async (architecture, expected) => {
    await withModel(architecture, async (model) => {
      expect(jacobianWork(model)).toBe(expected)
    })
  })
})

describe('tangentDirections', () => {
  const code = Float32Array.of(0.3, -0.2, 0.7, 0.1)
  /** Asks for another code too, so that a mix-up of the two shows. */
  const withAnother = (code: Float32Array) => Float32Array.of(...code.map((value) => value - 1), ...code)
  const jacobianAt = async (model: EngineModel, code: Float32Array) =>
    Matrix.from1DArray(size, code.length, (await decoderJacobians(model, withAnother(code)))[1] ?? [])
  const tangentsAt = async (model: EngineModel, code: Float32Array) => {
    const [, tangents] = await tangentDirections(model, withAnother(code))
    return tangents ?? { singularValues: new Float64Array(), directions: new Float32Array() }
  }

  it.each([deep, convolutional])('take the decoder’s Jacobian, which finite differences give too, of %j', async (architecture) => {
    await withModel(architecture, async (model) => {
      const expected = await differences((inputs) => model.decode(inputs), code) // [latent dimension, size]
      const jacobian = await jacobianAt(model, code)
      expect(Matrix.sub(jacobian, expected.transpose()).norm('max')).toBeLessThan(1e-4)
    })
  })

  it('are orthonormal, and a step of the code moves the reconstruction within them', async () => {
    await withModel(deep, async (model) => {
      const { singularValues, directions } = await tangentsAt(model, code)
      const basis = Matrix.from1DArray(4, size, directions)
      expect(Matrix.sub(basis.mmul(basis.transpose()), Matrix.eye(4)).norm('max')).toBeLessThan(1e-6)
      expect([...singularValues]).toEqual([...singularValues].sort((a, b) => b - a))
      for (const direction of basis.to2DArray()) expect(Math.max(...direction)).toBe(Math.max(...direction.map(Math.abs)))
      const jacobian = await jacobianAt(model, code)
      const squares = singularValues.reduce((sum, value) => sum + value * value, 0)
      expect(squares).toBeCloseTo(jacobian.norm('frobenius') ** 2, 5)
      const projected = basis.transpose().mmul(basis).mmul(jacobian)
      expect(Matrix.sub(projected, jacobian).norm('max')).toBeLessThan(1e-6)
    })
  })

  it('are as many as the example has values for longer codes', async () => {
    await withModel({ kind: 'dense', latentDimension: 20 }, async (model) => {
      const { singularValues, directions } = await tangentsAt(model, new Float32Array(20).fill(0.1))
      expect(singularValues).toHaveLength(size)
      expect(directions).toHaveLength(size * size)
    })
  })
})
