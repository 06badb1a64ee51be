import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { traceGraph } from '../src/index.js'

it('says where gradients come from when none are registered', () => {
  const square = (x: tf.Tensor) => tf.grad((each) => tf.sum(tf.square(each)))(x)
  expect(() => traceGraph(({ x }) => ({ y: square(x) }), { inputs: { x: { shape: [2], dtype: 'float32' } } })).toThrow(
    /gradients of tfjs to be registered, got none\. Import '@tensorflow\/tfjs-layers'/,
  )
})
