import { describe, expect, it } from 'vitest'
import { deadCode } from '../../src/rewrite/deadCode.js'
import { nestedSums } from '../../src/rewrite/nestedSums.js'
import { sumsOfSquares } from '../../src/rewrite/sumsOfSquares.js'
import { tf } from '../eager.js'
import { gradientStep, rewriteSafely, type Trace } from './runGraph.js'

const passes = [sumsOfSquares, nestedSums, deadCode]

describe('nestedSums', () => {
  it('adds up a whole tensor at once, squared or not', async () => {
    const fn: Trace = ({ x, y }) => ({ squares: tf.sum(tf.sum(tf.square(x), 1)), plain: tf.sum(tf.sum(y, 0), 0, true) })
    expect((await rewriteSafely(fn, passes)).after.toSorted()).toEqual(['ReduceSum', 'ReduceSumSquare', 'Reshape'])
  })

  it('keeps sums that are needed elsewhere, that leave axes, and squares of sums', async () => {
    const fn: Trace = ({ x, y }) => {
      const rows = tf.sum(x, 1)
      return {
        rows: tf.exp(rows),
        total: tf.sum(rows),
        some: tf.sum(tf.sum(tf.reshape(x, [2, 2, 6]), 2), 1),
        squares: tf.sum(tf.square(tf.sum(y, 1))),
      }
    }
    const { after } = await rewriteSafely(fn, passes)
    expect(after.filter((op) => op === 'ReduceSum')).toHaveLength(5)
    expect(after.filter((op) => op === 'ReduceSumSquare')).toHaveLength(1)
  })

  it('keeps the results of a gradient', async () => {
    await rewriteSafely(gradientStep, passes)
  })
})
