import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, createModel, initializeParameters, latentDimensionOf } from '../../src/index.js'
import { EngineModel } from '../../src/inference/EngineModel.js'
import { decoderJacobians } from '../../src/metrics/tangentDirections.js'
import { architectureCases } from '../architectureCases.js'

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

const exampleShape = [9, 8]
const size = 72
const count = 5
const examples = Float32Array.from({ length: count * size }, (_, index) => 0.5 + 0.5 * Math.sin(index * index))

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a).toHaveLength(b.length)
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? Number.NaN))), 0)
}

describe.each(Object.entries(architectureCases))('a model of the architecture %s, as a browser holds it', (_name, architecture) => {
  it('encodes, decodes and pushes directions forward as ONNX Runtime and automatic differentiation do, to 1e-4', async () => {
    const { architecture: config } = completeRunConfig({ architecture })
    const initial = initializeParameters(config, { exampleShape, seed: 3 })
    const parameters = Object.fromEntries(
      Object.entries(initial).map(([name, { shape, values }]) => [
        name,
        { shape, values: values.map((value, i) => value + 0.1 * Math.sin(i)) },
      ]),
    )
    const model = await createModel({ config, exampleShape, parameters })
    const engineModel = new EngineModel(await createEngine('onnx', { threads: 1 }), { config, exampleShape, parameters })
    try {
      const codes = await engineModel.encode(examples)
      expect(largestDifference(model.encode(examples, count), codes)).toBeLessThan(1e-4)
      expect(largestDifference(model.decode(codes, count), await engineModel.decode(codes))).toBeLessThan(1e-4)

      const units = latentDimensionOf(config, exampleShape)
      const code = codes.slice(0, units)
      const [jacobian = new Float32Array()] = await decoderJacobians(engineModel, code) // [size, units]
      const identity = Float32Array.from({ length: units * units }, (_, at) => (at % (units + 1) === 0 ? 1 : 0))
      const columns = model.pushForward(code, identity) // [units, size]
      const turned = Float32Array.from({ length: columns.length }, (_, at) => jacobian[(at % size) * units + Math.floor(at / size)] ?? 0)
      expect(largestDifference(columns, turned)).toBeLessThan(1e-4)
      expect(() => model.pushForward(code, new Float32Array(units + 1))).toThrow('directions')
    } finally {
      model.dispose()
      await engineModel.dispose()
    }
  })

  it('gives copies of its parameters, of which another one computes the same', async () => {
    const { architecture: config } = completeRunConfig({ architecture })
    const model = await createModel({ config, exampleShape, parameters: initializeParameters(config, { exampleShape, seed: 3 }) })
    const expected = model.encode(examples, count)
    const parameters = model.copyParameters()
    const other = await createModel({ config, exampleShape, parameters })
    for (const { values } of Object.values(parameters)) values.fill(0)
    expect(model.encode(examples, count)).toEqual(expected)
    model.dispose()
    expect(other.encode(examples, count)).toEqual(expected)
    other.dispose()
  })
})
