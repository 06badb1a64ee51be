import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createNetwork } from '../../src/architectures/createNetwork.js'
import { completeRunConfig, countParameters, describeParameters, layerWidths, type RunConfigInput } from '../../src/index.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

type Dense = Omit<Extract<RunConfigInput['architecture'], { kind: 'dense' }>, 'kind'>

const dense = (settings: Dense) => completeRunConfig({ architecture: { kind: 'dense', ...settings } }).architecture

beforeAll(activateCpuBackend)

describe('the dense architecture', () => {
  it('mirrors the hidden widths of the encoder in the decoder', () => {
    const specs = describeParameters(dense({ latentDimension: 2, hiddenWidths: [512, 128] }), [28, 28])
    expect(specs.map(({ name, shape }) => [name, shape.join('×')])).toEqual([
      ['encoder/0/kernel', '784×512'],
      ['encoder/0/bias', '512'],
      ['encoder/1/kernel', '512×128'],
      ['encoder/1/bias', '128'],
      ['encoder/2/kernel', '128×2'],
      ['encoder/2/bias', '2'],
      ['decoder/0/kernel', '2×128'],
      ['decoder/0/bias', '128'],
      ['decoder/1/kernel', '128×512'],
      ['decoder/1/bias', '512'],
      ['decoder/2/kernel', '512×784'],
      ['decoder/2/bias', '784'],
    ])
  })

  it('lists the widths of its layers from input to output', () => {
    expect(layerWidths(dense({ latentDimension: 2, hiddenWidths: [512, 128] }), [28, 28])).toEqual([784, 512, 128, 2, 128, 512, 784])
    expect(layerWidths(dense({ latentDimension: 1 }), [2])).toEqual([2, 1, 2])
  })

  it('counts the chapter’s 50k parameters for a code of 32', () => {
    expect(countParameters(dense({ latentDimension: 32 }), [28, 28])).toBe(2 * 784 * 32 + 32 + 784)
  })

  it('with tied weights decodes by the encoder’s, transposed, and has biases of its own', () => {
    const settings: Dense = { latentDimension: 2, hiddenWidths: [3], hiddenActivation: 'tanh' }
    const names = describeParameters(dense({ ...settings, decoderWeights: 'tied' }), [5]).map(({ name }) => name)
    expect(names).toEqual(['encoder/0/kernel', 'encoder/0/bias', 'encoder/1/kernel', 'encoder/1/bias', 'decoder/0/bias', 'decoder/1/bias'])
    tf.tidy(() => {
      const shapes = describeParameters(dense(settings), [5])
      const own = Object.fromEntries(shapes.map(({ name, shape }, index) => [name, tf.randomNormal([...shape], 0, 1, 'float32', index)]))
      const copied = {
        ...own,
        'decoder/0/kernel': tf.transpose(own['encoder/1/kernel'] as tf.Tensor),
        'decoder/1/kernel': tf.transpose(own['encoder/0/kernel'] as tf.Tensor),
      }
      const tied = Object.fromEntries(Object.entries(own).filter(([name]) => names.includes(name)))
      const codes = tf.tensor2d([0.3, -1, 2, 0.5], [2, 2])
      const [expected, got] = [
        createNetwork(dense(settings), [5]).decode(copied, codes),
        createNetwork(dense({ ...settings, decoderWeights: 'tied' }), [5]).decode(tied, codes),
      ]
      const difference = tf.max(tf.abs(tf.sub(expected.values, got.values))).dataSync()[0]
      expect(difference).toBeLessThan(1e-6)
    })
  })

  it('computes what a hand computes', () => {
    tf.tidy(() => {
      const network = createNetwork(
        dense({ latentDimension: 1, hiddenWidths: [2], hiddenActivation: 'relu', codeActivation: 'tanh', outputActivation: 'sigmoid' }),
        [2],
      )
      const parameters = {
        'encoder/0/kernel': tf.tensor2d([1, -1, 2, 1], [2, 2]),
        'encoder/0/bias': tf.tensor1d([0.5, -4]),
        'encoder/1/kernel': tf.tensor2d([0.25, 3], [2, 1]),
        'encoder/1/bias': tf.tensor1d([-1]),
        'decoder/0/kernel': tf.tensor2d([2, -2], [1, 2]),
        'decoder/0/bias': tf.tensor1d([0, 1]),
        'decoder/1/kernel': tf.tensor2d([1, 0, 0, 1], [2, 2]),
        'decoder/1/bias': tf.tensor1d([0, -1]),
      }
      const codes = network.encode(parameters, tf.tensor2d([1, 2], [1, 2]))
      // relu([1 + 4 + 0.5, −1 + 2 − 4]) = [5.5, 0]; tanh(5.5 / 4 − 1) = tanh(0.375)
      expect(codes.dataSync()[0]).toBeCloseTo(Math.tanh(0.375), 6)
      const { values, preActivations } = network.decode(parameters, tf.tensor2d([0.25], [1, 1]))
      // relu([0.5, 0.5]) = [0.5, 0.5]; logits [0.5, −0.5]
      expect([...preActivations.dataSync()]).toEqual([0.5, -0.5])
      expect(values.dataSync()[0]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6)
    })
    expect(tf.memory().numTensors).toBe(0)
  })
})
