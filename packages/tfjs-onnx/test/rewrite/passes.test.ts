import { describe, expect, it } from 'vitest'
import { printGraph, rewriteGraph, rewritePasses } from '../../src/index.js'
import { commonSubexpressions } from '../../src/rewrite/commonSubexpressions.js'
import { constantFolding } from '../../src/rewrite/constantFolding.js'
import { convolutionBias } from '../../src/rewrite/convolutionBias.js'
import { deadCode } from '../../src/rewrite/deadCode.js'
import { gemmBias } from '../../src/rewrite/gemmBias.js'
import { identities } from '../../src/rewrite/identities.js'
import { lateBroadcasts } from '../../src/rewrite/lateBroadcasts.js'
import { lateFactors } from '../../src/rewrite/lateFactors.js'
import { layoutChains } from '../../src/rewrite/layoutChains.js'
import { scalarChains } from '../../src/rewrite/scalarChains.js'
import { scalarOperands } from '../../src/rewrite/scalarOperands.js'
import { signlessSquares } from '../../src/rewrite/signlessSquares.js'
import { sumsOfSquares } from '../../src/rewrite/sumsOfSquares.js'
import { sinkTransposes } from '../../src/rewrite/transposes/sinkTransposes.js'
import { tf } from '../eager.js'
import { expectClose } from '../numbers.js'
import { expectSameResults, gradientStep, rewriteSafely, runGraph, type Trace, traceUnrewritten } from './runGraph.js'

describe.each(rewritePasses.map((pass) => [pass.name, pass] as const))('%s', (_, pass) => {
  it('keeps the results of a gradient: every bit, unless it says that it rounds in another order', async () => {
    await rewriteSafely(gradientStep, [pass])
  })

  it('leaves the graph it is given as it was', () => {
    const graph = traceUnrewritten(gradientStep)
    const printed = printGraph(graph)
    pass.rewrite(graph)
    expect(printGraph(graph)).toBe(printed)
  })

  it('finds nothing more to do after all passes have run', () => {
    const graph = rewriteGraph(traceUnrewritten(gradientStep))
    expect(deadCode.rewrite(pass.rewrite(graph)).nodes.length).toBe(graph.nodes.length)
  })
})

describe('rewriteGraph', () => {
  it('keeps the results and shrinks the graph', async () => {
    const traced = traceUnrewritten(gradientStep)
    const rewritten = rewriteGraph(traced)
    await expectSameResults(rewritten, traced, true)
    expect(rewritten.nodes.length).toBeLessThan(0.75 * traced.nodes.length)
  })
})

describe('deadCode', () => {
  it('drops nodes and constants that nothing depends on', async () => {
    const fn: Trace = ({ x }) => {
      tf.exp(tf.add(x, 5))
      return { result: tf.neg(x) }
    }
    const { after, graph } = await rewriteSafely(fn, [deadCode])
    expect(after).toEqual(['Neg'])
    expect(graph.constants).toEqual([])
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'y'])
  })
})

describe('constantFolding', () => {
  it('computes what depends on constants only, with the rounding of float32', async () => {
    const fn: Trace = ({ x }) => ({
      sum: tf.add(x, tf.div(tf.sub(tf.sqrt(tf.scalar(2)), 0.1), tf.fill([4, 6], 3))),
      row: tf.mul(x, tf.reshape(tf.transpose(tf.add(tf.tensor2d([[1], [2], [3], [4], [5], [6]]), tf.tensor2d([[0.1]]))), [6])),
      mask: tf.where(tf.greater(tf.range(0, 6), 2), x, tf.cast(tf.cast(tf.fill([4, 6], -2.7), 'int32'), 'float32')),
      expanded: tf.add(x, tf.broadcastTo(tf.tensor2d([[1], [2], [3], [4]]), [4, 6])),
    })
    const { after } = await rewriteSafely(fn, [constantFolding, deadCode])
    expect(after).toEqual(['Add', 'Mul', 'Where', 'Add'])
  })

  it('leaves functions that are not exactly rounded to ONNX Runtime', async () => {
    const { after } = await rewriteSafely(({ x }) => ({ result: tf.add(x, tf.exp(tf.scalar(1))) }), [constantFolding, deadCode])
    expect(after).toEqual(['Exp', 'Add'])
  })

  it('leaves integers that overflow', async () => {
    const big = tf.scalar(2 ** 30, 'int32')
    const fn: Trace = ({ x }) => ({ result: tf.add(x, tf.cast(tf.mul(big, big), 'float32')) })
    const { after } = await rewriteSafely(fn, [constantFolding, deadCode])
    expect(after).toEqual(['Mul', 'Cast', 'Add'])
  })
})

describe('identities', () => {
  it('removes x + 0, x - 0, x * 1, x / 1 and x to the power 1', async () => {
    const fn: Trace = ({ x }) => ({ result: tf.exp(tf.pow(tf.div(tf.mul(1, tf.sub(tf.add(x, 0), 0)), tf.ones([6])), 1)) })
    expect((await rewriteSafely(fn, [identities, deadCode])).after).toEqual(['Exp'])
  })

  it('keeps what broadcasts, reverses, or is not neutral on its side', async () => {
    const fn: Trace = ({ x }) => ({
      wide: tf.mul(tf.reshape(tf.sum(x, 1), [4, 1]), tf.ones([4, 6])),
      reversed: tf.reverse(x, 0),
      negative: tf.sub(0, x),
      inverse: tf.div(1, x),
    })
    const { before, after } = await rewriteSafely(fn, [identities, deadCode])
    expect(after).toEqual(before)
  })

  it('removes a transposition that permutes nothing', async () => {
    const fn: Trace = ({ x }) => ({ result: tf.neg(tf.transpose(tf.transpose(x))) })
    expect((await rewriteSafely(fn, [layoutChains, identities, deadCode])).after).toEqual(['Neg'])
  })
})

describe('layoutChains', () => {
  it('joins reshapes and transpositions', async () => {
    const fn: Trace = ({ x }) => ({
      reshaped: tf.reshape(tf.reshape(tf.reshape(x, [24]), [2, 12]), [3, 8]),
      transposed: tf.transpose(tf.transpose(tf.reshape(x, [2, 3, 4]), [1, 2, 0]), [1, 0, 2]),
    })
    const { after } = await rewriteSafely(fn, [layoutChains, deadCode])
    expect(after).toEqual(['Reshape', 'Reshape', 'Transpose'])
  })
})

describe('scalarOperands', () => {
  it('lets operators broadcast instead of storing or copying', async () => {
    const fn: Trace = ({ x }) => ({
      filled: tf.add(x, tf.fill([4, 6], 2)),
      tiled: tf.mul(x, tf.tile(tf.reshape(tf.sum(x, 1), [4, 1]), [1, 6])),
    })
    const { after, graph } = await rewriteSafely(fn, [scalarOperands, deadCode])
    expect(after).not.toContain('Expand')
    expect(graph.constants.every(({ data }) => data.length <= 2)).toBe(true)
  })

  it('keeps an operand that gives the result its shape', async () => {
    const fn: Trace = ({ x }) => ({ result: tf.mul(tf.reshape(tf.sum(x), [1, 1]), tf.fill([4, 6], 2)) })
    const { graph } = await rewriteSafely(fn, [scalarOperands, deadCode])
    expect(graph.outputs[0]?.value.shape).toEqual([4, 6])
  })
})

describe('lateBroadcasts', () => {
  it('computes small what only constants make large', async () => {
    const fn: Trace = ({ x, y }) => {
      const perRow = tf.reshape(tf.sum(x, 1), [4, 1])
      return { result: tf.add(y, tf.mul(tf.mul(perRow, tf.ones([4, 6])), tf.fill([4, 6], 0.5))) }
    }
    const { graph } = await rewriteSafely(fn, [lateBroadcasts, lateBroadcasts, scalarOperands, deadCode])
    expect(graph.nodes.map(({ op, outputs }) => `${op} ${outputs[0]?.shape}`)).toEqual([
      'ReduceSum 4',
      'Reshape 4,1',
      'Mul 4,1',
      'Mul 4,1',
      'Add 4,6',
    ])
  })

  it('keeps what has a large operand anyway', async () => {
    const fn: Trace = ({ x }) => ({ result: tf.mul(x, tf.fill([4, 6], 0.5)) })
    expect((await rewriteSafely(fn, [lateBroadcasts, deadCode])).after).toEqual(['Mul'])
  })
})

describe('convolutionBias', () => {
  const filter = tf.ones([2, 2, 1, 3]) as tf.Tensor4D
  const convolve = (x: tf.Tensor) => tf.conv2d(tf.reshape(x, [1, 4, 6, 1]) as tf.Tensor4D, filter, 1, 'valid')

  it('joins a convolution and its bias', async () => {
    const fn: Trace = ({ x, y }) => ({ result: tf.relu(tf.add(convolve(x), tf.sum(tf.reshape(y, [8, 3]), 0))) })
    const { graph } = await rewriteSafely(fn, [sinkTransposes, convolutionBias, deadCode])
    const [convolution] = graph.nodes.filter(({ op }) => op === 'Conv')
    expect(convolution?.inputs.map(({ shape }) => shape.length)).toEqual([4, 4, 1])
    expect(graph.nodes.map(({ op }) => op)).not.toContain('Add')
  })

  it('keeps sums over other axes, and a convolution that is used by others', async () => {
    const fn: Trace = ({ x }) => {
      const convolved = convolve(x)
      return {
        columns: tf.add(convolve(tf.neg(x)), tf.ones([5, 1])),
        sum: tf.add(convolved, tf.tensor1d([1, 2, 3])),
        convolved: tf.neg(convolved),
      }
    }
    const { after } = await rewriteSafely(fn, [sinkTransposes, convolutionBias, deadCode])
    expect(after.filter((op) => op === 'Add')).toHaveLength(2)
  })
})

describe('scalarChains', () => {
  it('joins scalings where one is by a power of two', async () => {
    const { after } = await rewriteSafely(
      ({ x }) => ({ result: tf.mul(tf.div(tf.mul(2, x), 8), 0.3) }),
      [scalarChains, scalarChains, deadCode],
    )
    expect(after).toEqual(['Mul'])
  })

  it('keeps scalings whose joining would round differently', async () => {
    const { after } = await rewriteSafely(({ x }) => ({ result: tf.mul(tf.div(tf.mul(0.1, x), 3), 0.3) }), [scalarChains, deadCode])
    expect(after).toEqual(['Mul', 'Div', 'Mul'])
  })
})

describe('lateFactors', () => {
  it('scales after sums and inside products, through whatever lies between', async () => {
    const fn: Trace = ({ x, y }) => {
      const scaled = tf.mul(tf.neg(tf.mul(x, 0.3)), tf.sigmoid(y))
      return { sum: tf.sum(scaled, 0), product: tf.matMul(scaled, y, false, true) }
    }
    const { before, after, graph } = await rewriteSafely(fn, [lateFactors, deadCode])
    expect(before).toEqual(['Mul', 'Neg', 'Sigmoid', 'Mul', 'ReduceSum', 'Gemm'])
    expect(after).toEqual(['Sigmoid', 'Mul', 'ReduceSum', 'Mul', 'Gemm'])
    expect(graph.nodes.at(-1)?.attributes.alpha).toBeCloseTo(-0.3)
  })

  it('joins factors, and multiplies what Gemm has already', async () => {
    const fn: Trace = ({ x, y }) => ({ result: tf.matMul(tf.mul(tf.mul(x, 0.3), 5), tf.mul(y, 7), false, true) })
    const { after, graph } = await rewriteSafely(fn, [lateFactors, lateFactors, deadCode])
    expect(after).toEqual(['Gemm'])
    expect(graph.nodes[0]?.attributes.alpha).toBeCloseTo(10.5)
  })

  it('stays where the scaled tensor is needed anyway, is broadcast, or the factor is extreme', async () => {
    const needed: Trace = ({ x, y }) => {
      const scaled = tf.mul(x, 0.3)
      return { scaled, product: tf.mul(scaled, y) }
    }
    const broadcast: Trace = ({ x, y }) => ({ result: tf.mul(tf.mul(tf.sum(x, 0), 0.3), y) })
    const extreme: Trace = ({ x }) => ({ result: tf.sum(tf.mul(x, 1e-30), 0) })
    for (const fn of [needed, broadcast, extreme]) {
      const traced = traceUnrewritten(fn).nodes.map(({ op }) => op)
      const { after } = await rewriteSafely(fn, [lateFactors, deadCode])
      expect(after.toSorted()).toEqual(traced.toSorted())
    }
    const { after } = await rewriteSafely(broadcast, [lateFactors, deadCode])
    expect(after).toEqual(['ReduceSum', 'Mul', 'Mul'])
  })
})

describe('signlessSquares', () => {
  const opposite = [commonSubexpressions, signlessSquares, commonSubexpressions, deadCode]

  it('squares the difference that is needed elsewhere', async () => {
    const fn: Trace = ({ x, y }) => ({ loss: tf.sum(tf.square(tf.sub(x, y))), gradient: tf.mul(tf.sub(y, x), tf.exp(x)) })
    expect((await rewriteSafely(fn, opposite)).after.filter((op) => op === 'Sub')).toHaveLength(1)
  })

  it('keeps differences that are both needed, and those without an opposite', async () => {
    const both: Trace = ({ x, y }) => ({ loss: tf.square(tf.sub(x, y)), left: tf.exp(tf.sub(x, y)), right: tf.exp(tf.sub(y, x)) })
    const alone: Trace = ({ x, y }) => ({ loss: tf.square(tf.sub(x, y)), sum: tf.add(y, x) })
    expect((await rewriteSafely(both, opposite)).after.filter((op) => op === 'Sub')).toHaveLength(2)
    expect((await rewriteSafely(alone, opposite)).after).toEqual(['Sub', 'Mul', 'Add'])
  })
})

describe('sumsOfSquares', () => {
  it('squares and sums in one operator, over all axes or some', async () => {
    const fn: Trace = ({ x, y }) => ({ all: tf.mean(tf.square(x)), some: tf.sum(tf.square(y), 1) })
    expect((await rewriteSafely(fn, [sumsOfSquares, deadCode])).after.toSorted()).toEqual(['Mul', 'ReduceSumSquare', 'ReduceSumSquare'])
  })

  it('keeps squares that are needed elsewhere, and products of two tensors', async () => {
    const fn: Trace = ({ x, y }) => {
      const squares = tf.square(x)
      return { squares: tf.exp(squares), sum: tf.sum(squares), product: tf.sum(tf.mul(x, y)) }
    }
    expect((await rewriteSafely(fn, [sumsOfSquares, deadCode])).after).not.toContain('ReduceSumSquare')
  })
})

describe('gemmBias', () => {
  const product: Trace = ({ x, y }) => ({ result: tf.add(tf.matMul(x, y, false, true), tf.tensor1d([1, 2, 3, 4])) })

  it('joins a product and its bias', async () => {
    const traced = traceUnrewritten(product)
    const graph = deadCode.rewrite(gemmBias.rewrite(traced))
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Gemm'])
    expectClose((await runGraph(graph)).result ?? [], (await runGraph(traced)).result ?? [], 1e-6)
  })

  it('keeps a product that is used by others', async () => {
    const fn: Trace = (inputs) => {
      const result = tf.matMul(inputs.x, inputs.y, false, true)
      return { sum: tf.add(result, tf.tensor1d([1, 2, 3, 4])), result: tf.neg(result) }
    }
    expect((await rewriteSafely(fn, [gemmBias, deadCode])).after).toEqual(['Gemm', 'Add', 'Neg'])
  })
})

describe('commonSubexpressions', () => {
  it('computes equal expressions once', async () => {
    const fn: Trace = ({ x }) => ({ result: tf.mul(tf.exp(tf.add(x, 1)), tf.exp(tf.add(x, 1))) })
    const { after, graph } = await rewriteSafely(fn, [commonSubexpressions, deadCode])
    expect(after).toEqual(['Add', 'Exp', 'Mul'])
    expect(graph.constants).toHaveLength(1)
  })

  it('tells 0 from -0, and attributes apart', async () => {
    const fn: Trace = ({ x }) => ({ plus: tf.div(x, 0), minus: tf.div(x, -0), a: tf.leakyRelu(x, 0.1), b: tf.leakyRelu(x, 0.2) })
    const { after } = await rewriteSafely(fn, [commonSubexpressions, deadCode])
    expect(after).toEqual(['Div', 'Div', 'LeakyRelu', 'LeakyRelu'])
  })
})
