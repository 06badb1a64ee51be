import type { Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { emitActivation } from './activation.js'
import { emitReshape, emitTranspose } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

function swapLastAxes(graph: GraphBuilder, x: Value): Value {
  const axes = x.shape.map((_, axis) => axis)
  return emitTranspose(graph, x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}

/** Matrices, also those in batches of one, become one Gemm, which transposes and adds the bias by itself; batches become MatMul. */
function emitProduct(call: KernelCall, bias?: Value): Value {
  const { graph } = call
  const [a, b] = [call.input('a'), call.input('b')]
  const [transposeA, transposeB] = [call.flag('transposeA'), call.flag('transposeB')]
  // Gemm takes no integers.
  if (a.dtype === 'float32' && [a, b].every(isMatrix) && (bias === undefined || isMatrix(bias) || bias.shape.length < 2)) {
    const operands = [a, b, ...(bias ? [bias] : [])].map((each) =>
      each.shape.length > 2 ? emitReshape(graph, each, each.shape.slice(-2)) : each,
    )
    const product = graph.node('Gemm', operands, { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 })
    const batch = new Array<number>(Math.max(a.shape.length, b.shape.length) - 2).fill(1)
    return emitReshape(graph, product, [...batch, ...product.shape])
  }
  const product = graph.node('MatMul', [transposeA ? swapLastAxes(graph, a) : a, transposeB ? swapLastAxes(graph, b) : b])
  return bias ? graph.node('Add', [product, bias]) : product
}

function isMatrix({ shape }: Value): boolean {
  return shape.length >= 2 && shape.slice(0, -2).every((size) => size === 1)
}

function emitFusedMatMul(call: KernelCall): Value {
  return emitActivation(call, emitProduct(call, call.inputs.bias), call.inputs.preluActivationWeights)
}

function emitEinsum(call: KernelCall): Value {
  const equation = call.text('equation', '').replaceAll(/\s/g, '')
  const operands = call.list()
  if (operands.length > 2)
    call.fail('UNSUPPORTED_OP', { expected: 'one or two tensors', got: `${operands.length}`, advice: 'Multiply two at a time.' })
  for (const term of (equation.split('->')[0] ?? '').split(',')) {
    if (new Set(term).size < term.length) {
      call.fail('UNSUPPORTED_OP', {
        expected: 'each letter once in a term',
        got: term,
        advice: 'For a diagonal, multiply by tf.eye and sum.',
      })
    }
  }
  return call.graph.node('Einsum', operands, { equation })
}

/** Products of matrices, single or in batches that broadcast. */
export const matrixRules = {
  BatchMatMul: { emit: (call) => emitProduct(call), dtypes: ['float32', 'int32'], since: 13, tolerance: 1e-5 },
  Einsum: { emit: emitEinsum, since: 12, tolerance: 1e-5, note: 'one or two tensors, one letter an axis, the output written out' },
  Transpose: {
    emit: (call) => emitTranspose(call.graph, call.input('x'), call.numbers('perm')),
    dtypes: ['float32', 'int32', 'bool'],
    since: 13,
    tolerance: 0,
  },
  _FusedMatMul: {
    emit: emitFusedMatMul,
    since: 16,
    tolerance: 1e-5,
    note: 'bias, then linear, relu, relu6, elu, sigmoid, leakyrelu or prelu; tf.fused.matMul has the gradient',
  },
} as const satisfies Rules
