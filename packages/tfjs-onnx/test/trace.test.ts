import { afterEach, expect, it } from 'vitest'
import { createState, printGraph, traceGraph } from '../src/index.js'
import { tf } from './eager.js'

afterEach(() => {
  tf.disposeVariables()
})

const x = { shape: [2, 3], dtype: 'float32' } as const

it('records a function as a graph that reads top to bottom', () => {
  const kernel = tf.variable(tf.ones([3, 4]))
  const bias = tf.variable(tf.zeros([4]))
  const state = createState({ kernel, bias })
  const graph = traceGraph(
    (inputs) => {
      const y = tf.relu(tf.add(tf.matMul(inputs.x, kernel), bias))
      bias.assign(tf.mul(bias, 0.5))
      return { mean: tf.mean(y) }
    },
    { inputs: { x }, state },
  )
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "graph {
      input x = %0: float32[2,3]
      state kernel = %1: float32[3,4]
      state bias = %2: float32[4]
      const %3: float32[] = 0.5
      const %4: int64[2] = [0, 1]
      %5: float32[2,4] = Gemm(%0, %1, %2) {transA: 0, transB: 0}
      %6: float32[2,4] = Relu(%5)
      %7: float32[4] = Mul(%2, %3)
      %8: float32[] = ReduceMean(%6, %4) {keepdims: 0}
      output mean = %8
      update bias = %7
    }"
  `)
})

it('keeps the eager values of variables that the function assigns', () => {
  const variable = tf.variable(tf.tensor1d([1, 2]))
  const before = tf.memory()
  traceGraph(
    () => {
      variable.assign(tf.add(variable, 1))
      variable.assign(tf.mul(variable, 2))
      return { y: variable }
    },
    { inputs: {}, state: createState({ variable }) },
  )
  expect(Array.from(variable.dataSync())).toEqual([1, 2])
  expect(tf.memory().numTensors).toBe(before.numTensors)
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers)
  expect(tf.memory().numBytes).toBe(before.numBytes)
})

it('reads a variable after its assignment as what was assigned', () => {
  const variable = tf.variable(tf.scalar(1))
  const graph = traceGraph(
    () => {
      variable.assign(tf.add(variable, 1))
      return { y: tf.neg(variable) }
    },
    { inputs: {}, state: createState({ variable }) },
  )
  expect(graph.nodes.map(({ op }) => op)).toEqual(['Add', 'Neg'])
  expect(graph.nodes[1]?.inputs[0]).toBe(graph.updates[0]?.value)
})

it('restores the active backend and leaves no backend behind', () => {
  traceGraph((inputs) => ({ y: tf.square(inputs.x) }), { inputs: { x } })
  expect(tf.getBackend()).toBe('cpu')
  expect(tf.engine().backendNames()).toEqual(['cpu'])
})

it('disposes of tensors that the function keeps', () => {
  const before = tf.memory().numTensors
  traceGraph((inputs) => ({ y: tf.add(tf.keep(tf.square(inputs.x)), 1) }), { inputs: { x } })
  expect(tf.memory().numTensors).toBe(before)
})

it('takes eager tensors from outside as constants and leaves them usable', () => {
  const table = tf.tensor1d([1, 2, 3])
  const graph = traceGraph((inputs) => ({ y: tf.add(tf.mul(inputs.x, table), table) }), { inputs: { x } })
  expect(graph.constants).toHaveLength(1)
  expect(Array.from(table.dataSync())).toEqual([1, 2, 3])
  table.dispose()
})

it('works inside tf.tidy', () => {
  const before = tf.memory().numTensors
  tf.tidy(() => {
    traceGraph((inputs) => ({ y: tf.square(inputs.x) }), { inputs: { x } })
  })
  expect(tf.memory().numTensors).toBe(before)
})

it('keeps inputs the function does not use, and drops states it does not use', () => {
  const unused = tf.variable(tf.zeros([1]))
  const graph = traceGraph(() => ({ y: tf.scalar(1) }), { inputs: { x }, state: createState({ unused }) })
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x'])
  expect(graph.states).toEqual([])
})
