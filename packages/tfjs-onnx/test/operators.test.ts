import { describe, expect, it } from 'vitest'
import type { Attributes, DType, Shape } from '../src/graph.js'
import { GraphBuilder } from '../src/graphBuilder.js'
import type { OperatorName } from '../src/operators/index.js'

interface Given {
  readonly op: OperatorName
  /** Shapes of float32 inputs, types of others. */
  readonly inputs: readonly (Shape | readonly [DType, Shape])[]
  /** Int64 constants after the inputs. */
  readonly integers?: readonly Shape[]
  readonly attributes?: Attributes
}

function infer({ op, inputs, integers = [], attributes = {} }: Given): string[] {
  const graph = new GraphBuilder()
  const values = inputs.map((input, index) => {
    const [dtype, shape] = typeof input[0] === 'string' ? (input as readonly [DType, Shape]) : (['float32', input as Shape] as const)
    return graph.input(`x${index}`, { dtype, shape })
  })
  const outputs = graph.nodes(op, [...values, ...integers.map((each) => graph.integers(each))], attributes)
  return outputs.map(({ dtype, shape }) => `${dtype}[${shape}]`)
}

const image: Shape = [2, 3, 8, 9]

describe('operators infer', () => {
  it.each<[string, Given, string[]]>([
    ['Conv', { op: 'Conv', inputs: [image, [4, 3, 3, 3]] }, ['float32[2,4,6,7]']],
    [
      'Conv with all its attributes',
      {
        op: 'Conv',
        inputs: [[2, 4, 9, 9], [6, 2, 3, 2], [6]],
        attributes: { strides: [2, 1], pads: [1, 0, 0, 1], dilations: [1, 3], group: 2 },
      },
      ['float32[2,6,4,7]'],
    ],
    [
      'Conv over three axes',
      {
        op: 'Conv',
        inputs: [
          [1, 3, 8, 9, 5],
          [4, 3, 3, 3, 1],
        ],
      },
      ['float32[1,4,6,7,5]'],
    ],
    [
      'ConvTranspose',
      {
        op: 'ConvTranspose',
        inputs: [[2, 4, 4, 4], [4, 3, 3, 3], [3]],
        attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 0] },
      },
      ['float32[2,3,8,7]'],
    ],
    ['MaxPool', { op: 'MaxPool', inputs: [image], attributes: { kernel_shape: [2, 3], strides: [2, 3] } }, ['float32[2,3,4,3]']],
    [
      'AveragePool',
      { op: 'AveragePool', inputs: [image], attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 } },
      ['float32[2,3,8,9]'],
    ],
    [
      'GatherND with batches',
      {
        op: 'GatherND',
        inputs: [
          [2, 3, 4],
          ['int64', [2, 5, 1]],
        ],
        attributes: { batch_dims: 1 },
      },
      ['float32[2,5,4]'],
    ],
    [
      'ScatterElements',
      {
        op: 'ScatterElements',
        inputs: [
          [5, 2],
          ['int32', [3, 2]],
          [3, 2],
        ],
        attributes: { axis: 0, reduction: 'add' },
      },
      ['float32[5,2]'],
    ],
    ['TopK', { op: 'TopK', inputs: [[4, 6]], integers: [[3]], attributes: { axis: -1 } }, ['float32[4,3]', 'int64[4,3]']],
    [
      'Einsum',
      {
        op: 'Einsum',
        inputs: [
          [2, 3],
          [3, 4],
        ],
        attributes: { equation: 'ij,jk->ki' },
      },
      ['float32[4,2]'],
    ],
  ])('%s', (_, given, types) => {
    expect(infer(given)).toEqual(types)
  })
})

describe('operators reject', () => {
  it.each<[string, Given, string]>([
    ['a filter for other channels', { op: 'Conv', inputs: [image, [4, 2, 3, 3]] }, 'a filter for 3 channels, got one for 2'],
    ['a filter of other axes', { op: 'Conv', inputs: [image, [4, 3, 3]] }, 'a filter of 4 axes'],
    ['a bias of another length', { op: 'Conv', inputs: [image, [4, 3, 3, 3], [3]] }, 'a bias of [4]'],
    [
      'a group that does not divide',
      { op: 'Conv', inputs: [image, [4, 3, 3, 3]], attributes: { group: 2 } },
      'a group that divides 3 and 4',
    ],
    ['strides of 0', { op: 'Conv', inputs: [image, [4, 3, 3, 3]], attributes: { strides: [0, 1] } }, 'none below 1'],
    ['fractional strides', { op: 'Conv', inputs: [image, [4, 3, 3, 3]], attributes: { strides: [1.5, 1] } }, 'to be of type ints'],
    ['strides for other axes', { op: 'Conv', inputs: [image, [4, 3, 3, 3]], attributes: { strides: [1] } }, 'to be 2 whole numbers'],
    ['negative pads', { op: 'Conv', inputs: [image, [4, 3, 3, 3]], attributes: { pads: [-1, 0, 0, 0] } }, 'none below 0'],
    ['a window beyond the image', { op: 'Conv', inputs: [image, [4, 3, 9, 3]] }, 'room for a window of 9 on axis 2'],
    [
      'output_padding as long as the stride',
      { op: 'ConvTranspose', inputs: [image, [3, 4, 3, 3]], attributes: { strides: [2, 2], output_padding: [2, 0] } },
      'output_padding below stride',
    ],
    [
      'pads that leave nothing',
      {
        op: 'ConvTranspose',
        inputs: [
          [1, 1, 1, 1],
          [1, 1, 1, 1],
        ],
        attributes: { pads: [1, 0, 0, 0] },
      },
      'pads that leave an output',
    ],
    [
      'pads as long as the window',
      { op: 'MaxPool', inputs: [image], attributes: { kernel_shape: [2, 2], pads: [2, 0, 0, 0] } },
      "pads below the window's size",
    ],
    ['a pool without a window', { op: 'MaxPool', inputs: [image] }, 'attribute kernel_shape'],
    [
      'a flag that is neither 0 nor 1',
      { op: 'AveragePool', inputs: [image], attributes: { kernel_shape: [1, 1], count_include_pad: 2 } },
      '0 or 1',
    ],
    [
      'int32 where indices are int64',
      {
        op: 'GatherND',
        inputs: [
          [2, 3],
          ['int32', [1, 1]],
        ],
      },
      'input 1 to be int64',
    ],
    [
      'indices deeper than the tensor',
      {
        op: 'GatherND',
        inputs: [
          [2, 3],
          ['int64', [1, 3]],
        ],
      },
      'indices of 1 to 2 numbers',
    ],
    [
      'an unknown reduction',
      { op: 'ScatterElements', inputs: [[5], ['int32', [3]], [3]], attributes: { reduction: 'mul' } },
      'reduction to be none or add',
    ],
    ['updates of another shape', { op: 'ScatterElements', inputs: [[5], ['int32', [3]], [2]] }, 'updates of shape [3]'],
    ['more than there is', { op: 'TopK', inputs: [[4]], integers: [[5]] }, 'one number from 0 to 4'],
    ['an equation of other inputs', { op: 'Einsum', inputs: [[2]], attributes: { equation: 'i,j->ij' } }, '2 inputs'],
    ['an equation with ellipsis', { op: 'Einsum', inputs: [[2]], attributes: { equation: '...->' } }, 'an equation of letters'],
    ['sizes that differ under one letter', { op: 'Einsum', inputs: [[2], [3]], attributes: { equation: 'i,i->i' } }, '2 elements for i'],
    ['a number for a string', { op: 'Einsum', inputs: [[2]], attributes: { equation: 1 } }, 'to be of type string'],
  ])('%s', (_, given, message) => {
    expect(() => infer(given)).toThrow(message)
  })
})
