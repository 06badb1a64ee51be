import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect } from 'vitest'
import { checkGraph, encodeGraph, type Graph, type RewritePass, traceGraph } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'

/** Runs a graph without states on inputs drawn from a fixed seed. ONNX Runtime's own rewriting is off. */
export async function runGraph(graph: Graph): Promise<Record<string, number[]>> {
  const { model, inputNames, outputNames } = encodeGraph(graph)
  const session = await InferenceSession.create(model, { graphOptimizationLevel: 'disabled' })
  const feeds = graph.inputs.map(({ value }, index) => {
    const size = value.shape.reduce((product, each) => product * each, 1)
    return [inputNames[index] ?? '', new Tensor('float32', uniformArray(index, size), [...value.shape])] as const
  })
  const results = await session.run(Object.fromEntries(feeds))
  await session.release()
  return Object.fromEntries(outputNames.map((name) => [name, Array.from(results[name]?.data as Float32Array)]))
}

export type Trace = (inputs: { readonly x: tf.Tensor; readonly y: tf.Tensor }) => Record<string, tf.Tensor>

const matrix = { shape: [4, 6], dtype: 'float32' } as const

export function traceUnrewritten(fn: Trace): Graph {
  return traceGraph(fn, { inputs: { x: matrix, y: matrix }, rewrite: false })
}

/** Fails unless two graphs compute the same: to the last bit, or to 1e-6 where `rounds` says that a pass rounds in another order. */
export async function expectSameResults(actual: Graph, expected: Graph, rounds = false): Promise<void> {
  const [results, references] = [await runGraph(actual), await runGraph(expected)]
  if (!rounds) expect(results).toEqual(references)
  expect(Object.keys(results)).toEqual(Object.keys(references))
  for (const [name, values] of Object.entries(references)) expectClose(results[name] ?? [], values, 1e-6)
}

/** Rewrites with some passes; fails unless the results are the same (see expectSameResults). */
export async function rewriteSafely(
  fn: Trace,
  passes: readonly RewritePass[],
): Promise<{ before: string[]; after: string[]; graph: Graph }> {
  const traced = traceUnrewritten(fn)
  const graph = passes.reduce((current, pass) => pass.rewrite(current), traced)
  checkGraph(graph)
  await expectSameResults(
    graph,
    traced,
    passes.some(({ rounds }) => rounds),
  )
  const operators = ({ nodes }: Graph) => nodes.map(({ op }) => op)
  return { before: operators(traced), after: operators(graph), graph }
}

/** A step with most of what tfjs's gradients produce: shared by the tests of all passes. */
export const gradientStep: Trace = ({ x, y }) => {
  const loss = (a: tf.Tensor, b: tf.Tensor) =>
    tf.add(tf.mean(tf.squaredDifference(a, tf.sigmoid(b))), tf.mean(tf.sum(tf.square(tf.mul(tf.div(a, 4), 3)), 1))) as tf.Scalar
  const [dx, dy] = tf.grads(loss)([x, y]) as [tf.Tensor, tf.Tensor]
  return { loss: loss(x, y), dx, dy, reshaped: tf.reshape(tf.reshape(tf.transpose(tf.transpose(x)), [24]), [2, 12]) }
}
