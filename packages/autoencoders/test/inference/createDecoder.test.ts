import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { completeRunConfig, createDecoder, createEncoder, initializeParameters } from '../../src/index.js'

const exampleShape = [28, 28]
const { architecture: config } = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 3, hiddenWidths: [16] } })
const parameters = initializeParameters(config, { exampleShape, seed: 4 })

describe('createDecoder and createEncoder', () => {
  it('decode each code as if it were alone, in 0…1, and leave no tensors behind', async () => {
    const decoder = await createDecoder({ config, exampleShape, parameters })
    const codes = Float32Array.of(0.5, -1, 2, 0, 0, 0)
    const both = decoder.decode(codes, 2)
    const second = decoder.decode(codes.subarray(3), 1)
    expect(both).toHaveLength(2 * 784)
    expect(both.subarray(784)).toEqual(second)
    // A code of zeros with zero biases gives logits of zero.
    expect(second.every((pixel) => pixel === 0.5)).toBe(true)
    expect(both.every((pixel) => pixel > 0 && pixel < 1)).toBe(true)
    decoder.dispose()
    expect(tf.memory().numTensors).toBe(0)
  })

  it('encode examples to codes', async () => {
    const encoder = await createEncoder({ config, exampleShape, parameters })
    const codes = encoder.encode(new Float32Array(2 * 784).fill(0.25, 784), 2)
    expect([...codes.subarray(0, 3)]).toEqual([0, 0, 0])
    expect(codes.subarray(3).every((value) => Number.isFinite(value) && value !== 0)).toBe(true)
    encoder.dispose()
  })

  it('refuse codes and examples of another length', async () => {
    const model = await createDecoder({ config, exampleShape, parameters })
    expect(() => model.decode(new Float32Array(4), 2)).toThrow('codes: expected 2 × 3 values, got 4')
    model.dispose()
  })

  it('refuse the parameters of another model', async () => {
    const other = completeRunConfig({ architecture: { kind: 'dense', latentDimension: 4, hiddenWidths: [16] } }).architecture
    await expect(createDecoder({ config: other, exampleShape, parameters })).rejects.toMatchObject({
      code: 'PARAMETERS_MISMATCH',
      message: 'parameter encoder/1/kernel: expected shape [16, 4], got [16, 3]',
    })
  })
})
