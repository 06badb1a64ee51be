import { describe, expect, it } from 'vitest'
import { CompileError, compile, createState, type State, traceGraph } from '../src/index.js'
import { tf } from './eager.js'

const x = { shape: [2, 3], dtype: 'float32' } as const

function traceError(fn: (inputs: { readonly x: tf.Tensor }) => unknown, state?: State): CompileError {
  const tensors = tf.memory().numTensors
  const backend = tf.getBackend()
  try {
    traceGraph(fn as (inputs: { readonly x: tf.Tensor }) => { y: tf.Tensor }, { inputs: { x }, ...(state && { state }) })
  } catch (error) {
    expect(tf.memory().numTensors).toBe(tensors)
    expect(tf.getBackend()).toBe(backend)
    if (error instanceof CompileError) return error
    throw error
  }
  throw new Error('the function was traced')
}

describe('tracing an operation without a rule', () => {
  it('names the kernel, the call, the tfjs function and what to use', () => {
    const filter = tf.zeros<tf.Rank.R5>([1, 1, 1, 1, 1])
    const error = traceError((inputs) => ({ y: tf.conv3d(tf.reshape(inputs.x, [1, 1, 2, 3, 1]) as tf.Tensor5D, filter, 1, 'same') }))
    filter.dispose()
    expect(error.code).toBe('UNSUPPORTED_OP')
    expect(error.message).toContain('Conv3D(x: float32[1,1,2,3,1], filter: float32[1,1,1,1,1]')
    expect(error.message).toContain('called by tf.conv3d')
    expect(error.message).toContain('fold one axis into the batch')
  })

  it('also inside a gradient', () => {
    const variable = tf.variable(tf.ones([2, 3]))
    const error = traceError(
      () => ({
        y: tf.variableGrads(
          () => tf.sum(tf.localResponseNormalization(tf.reshape(variable, [1, 1, 2, 3]) as tf.Tensor4D)) as tf.Scalar,
          [variable],
        ).value,
      }),
      createState({ variable }),
    )
    variable.dispose()
    expect(error.code).toBe('UNSUPPORTED_OP')
    expect(error.message).toContain('Use batch normalisation')
  })
})

describe('tracing a type or shape that a rule does not take', () => {
  it('names the tensor and the types it may have', () => {
    const error = traceError((inputs) => ({ y: tf.reciprocal(tf.cast(inputs.x, 'int32')) }))
    expect(error.code).toBe('UNSUPPORTED_DTYPE')
    expect(error.message).toContain('x to be float32, got int32')
  })

  it('rejects arithmetic of bool, which tfjs and ONNX define differently', () => {
    expect(traceError((inputs) => ({ y: tf.add(tf.greater(inputs.x, 0), tf.less(inputs.x, 1)) })).code).toBe('UNSUPPORTED_DTYPE')
  })

  it('rejects strings', () => {
    expect(traceError(() => ({ y: tf.clone(tf.tensor(['a'])) })).code).toBe('UNSUPPORTED_DTYPE')
  })

  it('rejects a number as padding where tfjs would count windows of the width by the height', () => {
    const error = traceError((inputs) => ({ y: tf.maxPool(tf.reshape(inputs.x, [1, 2, 3, 1]) as tf.Tensor4D, [1, 2], 1, 1) }))
    expect(error.code).toBe('UNSUPPORTED_SHAPE')
    expect(error.message).toContain('sides 1 and 2')
  })

  it('rejects windows that lie in the padding only', () => {
    const error = traceError((inputs) => ({ y: tf.maxPool(tf.reshape(inputs.x, [1, 2, 3, 1]) as tf.Tensor4D, 1, 1, 1) }))
    expect(error.code).toBe('UNSUPPORTED_SHAPE')
    expect(error.message).toContain("pads below the window's size 1, got 1")
  })

  it('rejects mirrorPad inside a gradient, which tfjs has wrong', () => {
    const mirrored = (x: tf.Tensor) =>
      tf.sum(
        tf.mirrorPad(
          x,
          [
            [1, 1],
            [0, 0],
          ],
          'reflect',
        ),
      )
    const error = traceError((inputs) => ({ y: tf.grad(mirrored)(inputs.x) }))
    expect(error.code).toBe('UNSUPPORTED_OP')
    expect(error.message).toContain('join tf.reverse of tf.slice with tf.concat')
    expect(() => traceGraph((inputs) => ({ y: mirrored(inputs.x) }), { inputs: { x } })).not.toThrow()
  })

  it('rejects the channels first where tfjs cannot run them', () => {
    const filter = tf.zeros<tf.Rank.R4>([1, 1, 1, 1])
    const error = traceError((inputs) => ({
      y: tf.depthwiseConv2d(tf.reshape(inputs.x, [1, 1, 2, 3]) as tf.Tensor4D, filter, 1, 'same', 'NCHW'),
    }))
    filter.dispose()
    expect(error.code).toBe('UNSUPPORTED_SHAPE')
    expect(error.message).toContain('expected dataFormat NHWC, got NCHW')
  })

  it('rejects outputs other than float32', () => {
    const error = traceError((inputs) => ({ y: tf.greater(inputs.x, 0) }))
    expect(error.code).toBe('UNSUPPORTED_DTYPE')
    expect(error.message).toContain('output y')
  })

  it('names the call whose shapes do not fit', () => {
    const error = traceError((inputs) => ({ y: tf.add(inputs.x, tf.ones([7])) }))
    expect(error.code).toBe('UNSUPPORTED_SHAPE')
    expect(error.message).toContain('Add(a: float32[2,3], b: float32[7]) called by tf.add')
    expect(error.message).toContain('shapes that broadcast')
  })
})

describe('tracing a call that TensorFlow.js would refuse when it runs', () => {
  const x2d = (inputs: { readonly x: tf.Tensor }) => inputs.x as tf.Tensor2D
  it.each([
    [
      'an axis that is not there',
      (inputs: { readonly x: tf.Tensor }) => tf.expandDims(inputs.x, -4),
      'dim to be a whole number from -3 to 2',
    ],
    ['an axis that is no whole number', (inputs) => tf.reverse2d(x2d(inputs), [0.5]), 'dims to be a whole number'],
    ['a cut beyond the end', (inputs) => tf.slice2d(x2d(inputs), [1, 0], [10, 3]), 'elements among the 2 of axis 0, got 10 from 1 on'],
    ['an index beyond the end', (inputs) => tf.gather(inputs.x, tf.tensor1d([0, 2], 'int32')), 'indices from 0 to 1, got 2'],
    ['an index below the first', (inputs) => tf.gatherND(inputs.x, tf.tensor2d([[0, -1]], [1, 2], 'int32')), 'indices from 0 to 2, got -1'],
  ] as readonly (readonly [string, (inputs: { readonly x: tf.Tensor }) => tf.Tensor, string])[])('names %s', (_, call, expected) => {
    const error = traceError((inputs) => ({ y: tf.tidy(() => tf.cast(call(inputs), 'float32')) }))
    expect(error.message).toContain(expected)
  })

  it('names the images that a transposed convolution is not of', () => {
    const filter = tf.zeros<tf.Rank.R4>([1, 1, 1, 1])
    const error = traceError((inputs) => ({
      y: tf.conv2dTranspose(tf.reshape(inputs.x, [1, 2, 3, 1]) as tf.Tensor4D, filter, [1, 1, 2, 1], 1, 'same'),
    }))
    filter.dispose()
    expect(error.message).toContain('images of 1 by 2')
    expect(error.message).toContain('got 2 by 3')
  })
})

describe('running with an index that is out of range', () => {
  it.each([
    ['beyond the end', 2],
    ['below the first', -1],
  ])('%s says so, and leaves the state as it was', async (_, index) => {
    const variable = tf.variable(tf.zeros([3]))
    const state = createState({ variable })
    const compiled = await compile(
      (inputs) => {
        variable.assign(tf.reshape(tf.gather(inputs.x, inputs.places), [3]) as tf.Tensor1D)
        return { y: tf.sum(inputs.x) }
      },
      { state, inputs: { x, places: { shape: [1], dtype: 'int32' } } },
    )
    const values = Float32Array.of(1, 2, 3, 4, 5, 6)
    await expect(compiled.run({ x: values, places: Int32Array.of(index) })).rejects.toMatchObject({
      code: 'RUN_FAILED',
      message: expect.stringContaining('none counts from the end'),
    })
    expect(Array.from(state.read('variable'))).toEqual([0, 0, 0])
    await compiled.run({ x: values, places: Int32Array.of(1) })
    expect(Array.from(state.read('variable'))).toEqual([4, 5, 6])
    await compiled.dispose()
    variable.dispose()
  })
})

describe('reading a value while tracing', () => {
  it.each([
    ['dataSync', (tensor: tf.Tensor) => tensor.dataSync()],
    ['arraySync', (tensor: tf.Tensor) => tensor.arraySync()],
    ['toString', (tensor: tf.Tensor) => tensor.toString()],
    ['data, which nobody awaits', (tensor: tf.Tensor) => void tensor.data()],
  ])('throws for %s, with the reason', (_, read) => {
    const error = traceError((inputs) => {
      read(inputs.x)
      return { y: inputs.x }
    })
    expect(error.code).toBe('VALUE_READ_WHILE_TRACING')
    expect(error.message).toContain('float32[2,3]')
  })

  it('throws for an asynchronous function', () => {
    const error = traceError(async (inputs) => ({ y: inputs.x }))
    expect(error.code).toBe('INVALID_FUNCTION')
    expect(error.message).toContain('a promise')
  })

  it('is allowed for data, whose value is known', () => {
    const graph = traceGraph((inputs) => ({ y: tf.mul(inputs.x, tf.tensor1d([2, 3]).dataSync()[1] ?? 0) }), { inputs: { x } })
    expect(graph.nodes).toHaveLength(1)
  })
})

describe('drawing random numbers while tracing', () => {
  it.each([
    ['tf.randomGamma', (shape: number[]) => tf.randomGamma(shape, 1, 1, 'float32', 7)],
    ['tf.randomUniform with a seed', (shape: number[]) => tf.randomUniform(shape, 0, 1, 'float32', 'a text')],
    ['tf.rand', (shape: number[]) => tf.rand(shape, () => 0.5)],
    ['Math.random', (shape: number[]) => tf.fill(shape, Math.random())],
  ])('throws for %s', (subject, draw) => {
    const { random } = Math
    const error = traceError((inputs) => ({ y: tf.add(inputs.x, draw([2, 3])) }))
    expect(error.code).toBe('RANDOM_WHILE_TRACING')
    expect(error.message).toContain(subject)
    expect(error.message).toContain('use tf.randomNormal')
    expect(Math.random).toBe(random)
  })

  it('throws for parameters that are not finite', () => {
    const error = traceError((inputs) => ({ y: tf.add(inputs.x, tf.randomUniform([2, 3], 0, Number.POSITIVE_INFINITY)) }))
    expect(error.message).toContain('parameters that are finite')
  })
})

describe('variables outside the state', () => {
  it('are named when they are assigned', () => {
    const stray = tf.variable(tf.zeros([2, 3]), true, 'strayAssigned')
    const error = traceError((inputs) => {
      stray.assign(inputs.x)
      return { y: inputs.x }
    })
    expect(error.code).toBe('UNKNOWN_VARIABLE')
    expect(error.message).toContain('strayAssigned')
    expect(stray.arraySync()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    stray.dispose()
  })

  it('are named when they are read', () => {
    const stray = tf.variable(tf.zeros([2, 3]), true, 'strayRead')
    const error = traceError((inputs) => ({ y: tf.add(inputs.x, stray) }))
    expect(error.code).toBe('UNKNOWN_VARIABLE')
    expect(error.message).toContain('strayRead')
    stray.dispose()
  })

  it('are named when they are made inside the function', () => {
    const error = traceError((inputs) => {
      tf.variable(tf.zeros([1]), true, 'madeInside')
      return { y: inputs.x }
    })
    expect(error.code).toBe('VARIABLE_CREATED_WHILE_TRACING')
    expect(error.message).toContain('madeInside')
    expect(tf.engine().registeredVariables).not.toHaveProperty('madeInside')
  })
})

describe('what a traced function returns', () => {
  it.each([
    ['a tensor', (tensor: tf.Tensor) => tensor],
    ['nothing', () => undefined],
    ['a number among tensors', () => ({ y: 3 })],
  ])('may not be %s', (_, result) => {
    expect(traceError((inputs) => result(inputs.x)).code).toBe('INVALID_FUNCTION')
  })

  it('may not come from a trace inside a trace', () => {
    const error = traceError((inputs) => {
      traceGraph((inner) => ({ y: inner.x }), { inputs: { x } })
      return { y: inputs.x }
    })
    expect(error.code).toBe('INVALID_FUNCTION')
    expect(error.message).toContain('a trace inside a traced function')
  })
})
