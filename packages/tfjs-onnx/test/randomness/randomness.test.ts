import { afterEach, describe, expect, it } from 'vitest'
import { compile, createState, exportOnnx, onnxRuntimes, printGraph, randomStateName, type State, traceGraph } from '../../src/index.js'
import { tf } from '../eager.js'
import { uniformArray } from '../numbers.js'

const runtimeBefore = process.env.HOURGLASS_ONNX_RUNTIME
afterEach(() => {
  if (runtimeBefore === undefined) delete process.env.HOURGLASS_ONNX_RUNTIME
  else process.env.HOURGLASS_ONNX_RUNTIME = runtimeBefore
})

type Draws = Readonly<Record<string, () => tf.Tensor>>

/** Compiles a function that returns what it draws, and gives what it draws in the next steps. */
async function draw(draws: Draws, { state = createState({}, { seed: 1 }), steps = 1 }: { state?: State; steps?: number } = {}) {
  const compiled = await compile(
    () => Object.fromEntries(Object.entries(draws).map(([name, call]) => [name, tf.cast(call(), 'float32')])),
    {
      state,
      inputs: {},
      threads: 1,
    },
  )
  const results: Record<string, Float32Array>[] = []
  for (let step = 0; step < steps; step++) results.push(await compiled.run({}))
  await compiled.dispose()
  return results
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: Float32Array) => {
  const center = mean(values)
  return Math.sqrt(mean(Array.from(values, (value) => (value - center) ** 2)))
}
const correlation = (a: Float32Array, b: Float32Array) => {
  const [ma, mb] = [mean(a), mean(b)]
  return mean(Array.from(a, (value, index) => (value - ma) * ((b[index] ?? 0) - mb))) / (deviation(a) * deviation(b))
}
const COUNT = 100_000
/** Five standard errors of a mean of COUNT draws of unit variance: chance exceeds it once in two million. */
const CHANCE = 5 / Math.sqrt(COUNT)

describe('the numbers that are drawn', () => {
  it('are distributed as the call says', async () => {
    const [numbers = {}] = await draw({
      normal: () => tf.randomNormal([COUNT], 3, 2),
      uniform: () => tf.randomUniform([COUNT], -1, 3),
      truncated: () => tf.truncatedNormal([COUNT], 10, 0.5),
      whole: () => tf.randomUniformInt([COUNT], 0, 6),
      classes: () => tf.multinomial(tf.tensor1d([0, Math.log(3)]), COUNT),
      probable: () => tf.multinomial(tf.tensor1d([0.2, 0.8]), COUNT, undefined, true),
      dropped: () => tf.dropout(tf.ones([COUNT]), 0.3),
    })
    const { normal, uniform, truncated, whole, classes, probable, dropped } = numbers as Record<string, Float32Array>
    if (!normal || !uniform || !truncated || !whole || !classes || !probable || !dropped) throw new Error('not drawn')
    expect(Math.abs(mean(normal) - 3)).toBeLessThan(2 * CHANCE)
    expect(Math.abs(deviation(normal) / 2 - 1)).toBeLessThan(CHANCE)
    // Skewness 0 and kurtosis 3, by their standard errors sqrt(6 / n) and sqrt(24 / n).
    expect(Math.abs(mean(normal.map((value) => ((value - 3) / 2) ** 3)))).toBeLessThan(4 * CHANCE)
    expect(Math.abs(mean(normal.map((value) => ((value - 3) / 2) ** 4)) - 3)).toBeLessThan(10 * CHANCE)
    expect(Math.abs(mean(uniform) - 1)).toBeLessThan((4 * CHANCE) / Math.sqrt(12))
    expect(Math.min(...uniform.slice(0, 1000))).toBeGreaterThanOrEqual(-1)
    expect(Math.max(...uniform.slice(0, 1000))).toBeLessThan(3)
    // Within two deviations, where the deviation is .8796 of the whole distribution's.
    expect(truncated.every((value) => Math.abs(value - 10) <= 1)).toBe(true)
    expect(Math.abs(mean(truncated) - 10)).toBeLessThan(CHANCE)
    expect(Math.abs(deviation(truncated) / 0.5 - 0.8796)).toBeLessThan(CHANCE)
    expect([...new Set(whole)].sort()).toEqual([0, 1, 2, 3, 4, 5])
    expect(Math.abs(mean(whole) - 2.5)).toBeLessThan(2 * CHANCE)
    expect(Math.abs(mean(classes) - 0.75)).toBeLessThan(CHANCE)
    expect(Math.abs(mean(probable) - 0.8)).toBeLessThan(CHANCE)
    expect([...new Set(dropped)].sort()).toEqual([0, Math.fround(1 / 0.7)])
    expect(Math.abs(mean(dropped) - 1)).toBeLessThan(CHANCE)
  })

  it('are independent of those at other places and in other steps', async () => {
    const [first = {}, second = {}] = await draw({ a: () => tf.randomNormal([COUNT]), b: () => tf.randomNormal([COUNT]) }, { steps: 2 })
    const streams = [first.a, first.b, second.a, second.b].filter((stream) => stream !== undefined)
    expect(streams).toHaveLength(4)
    streams.forEach((stream, index) => {
      for (const other of streams.slice(index + 1)) expect(Math.abs(correlation(stream, other))).toBeLessThan(CHANCE)
    })
  })

  it('have the same bits in every runtime', async () => {
    const draws = { a: () => tf.randomNormal([999]), b: () => tf.truncatedNormal([999]), c: () => tf.randomUniform([999], 0, 9, 'int32') }
    const found = []
    for (const runtime of onnxRuntimes) {
      process.env.HOURGLASS_ONNX_RUNTIME = runtime
      found.push(await draw(draws, { steps: 3 }))
    }
    expect(found.length).toBeGreaterThan(1)
    for (const each of found) expect(each).toEqual(found[0])
  })
})

describe('the seed', () => {
  const normal = () => tf.randomNormal([5])

  it('of a state chooses its numbers, 0 where it was given none', async () => {
    const by = async (seed?: number) => draw({ normal }, { state: createState({}, seed === undefined ? {} : { seed }), steps: 2 })
    expect(await by(3)).toEqual(await by(3))
    expect(await by(3)).not.toEqual(await by(4))
    expect(await by()).toEqual(await by(0))
    expect(await by(-3)).not.toEqual(await by(3))
  })

  it('of a call stands for that of the state and for the place, but not for the step', async () => {
    const seeded = () => tf.randomNormal([5], 0, 1, 'float32', 11)
    const [first, second] = await draw({ seeded }, { steps: 2 })
    const [other] = await draw({ normal, again: seeded, seeded }, { state: createState({}, { seed: 99 }) })
    expect(other?.seeded).toEqual(first?.seeded)
    expect(other?.again).toEqual(first?.seeded)
    expect(second?.seeded).not.toEqual(first?.seeded)
  })

  it.each([0.5, Number.NaN, 2 ** 53])('is no whole number: %s', (seed) => {
    expect(() => createState({}, { seed })).toThrow('seed of the state: expected a whole number')
  })
})

/** A variational autoencoder of 8 numbers with a code of 2, as tutorials write it. */
async function variational(seed = 5) {
  const variable = (index: number, shape: readonly number[]) => tf.variable(tf.tensor(uniformArray(index, 16), [...shape]))
  const [toMean, toLogVariance, decoder] = [variable(1, [8, 2]), variable(2, [8, 2]), variable(3, [2, 8])]
  const variables = [toMean, toLogVariance, decoder]
  const state = createState({ toMean, toLogVariance, decoder }, { seed })
  const step = await compile(
    ({ x }) => {
      const loss = () => {
        const [mean, logVariance] = [tf.matMul(x, toMean), tf.matMul(x, toLogVariance)]
        const epsilon = tf.randomNormal(mean.shape)
        const code = tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), epsilon))
        const reconstruction = tf.sum(tf.squaredDifference(x, tf.matMul(tf.dropout(code, 0.1), decoder)), 1)
        const divergence = tf.mul(-0.5, tf.sum(tf.sub(tf.sub(tf.add(1, logVariance), tf.square(mean)), tf.exp(logVariance)), 1))
        return tf.mean(tf.add(reconstruction, tf.mul(0.01, divergence))) as tf.Scalar
      }
      const { value, grads } = tf.variableGrads(loss, variables)
      for (const each of variables) each.assign(tf.sub(each, tf.mul(0.02, grads[each.name] ?? tf.scalar(0))))
      return { loss: value }
    },
    { state, inputs: { x: { shape: [16, 8], dtype: 'float32' } }, threads: 1 },
  )
  const x = uniformArray(9, 16 * 8)
  const train = async (steps: number) => {
    const losses: number[] = []
    for (let index = 0; index < steps; index++) losses.push((await step.run({ x })).loss[0] ?? Number.NaN)
    return losses
  }
  const dispose = async () => {
    await step.dispose()
    for (const each of variables) each.dispose()
  }
  return { state, train, dispose }
}

describe('a variational step', () => {
  it('learns', async () => {
    const { train, dispose } = await variational()
    const losses = await train(400)
    await dispose()
    expect(mean(losses.slice(-20))).toBeLessThan(0.7 * mean(losses.slice(0, 5)))
  })

  it('goes on from a stored snapshot to the bit, whatever its own seed was', async () => {
    const whole = await variational()
    const losses = await whole.train(30)
    const first = await variational()
    await first.train(10)
    // What a file keeps of it.
    const stored = JSON.stringify(first.state.snapshot(), (_, value) => (value instanceof Float32Array ? [...value] : value))
    const second = await variational(1234)
    await second.train(3)
    const read: Record<string, { shape: number[]; values: number[] }> = JSON.parse(stored)
    second.state.restore(
      Object.fromEntries(Object.entries(read).map(([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }])),
    )
    expect(second.state.random).toEqual({ seed: 5, step: 10 })
    expect(await second.train(20)).toEqual(losses.slice(10))
    expect(second.state.snapshot()).toEqual(whole.state.snapshot())
    for (const each of [whole, first, second]) await each.dispose()
  })
})

describe('a state that draws', () => {
  it.each([
    [Number.MAX_SAFE_INTEGER, 0],
    [Number.MIN_SAFE_INTEGER, 1],
    [-1, 2],
  ])('keeps seed %s in snapshots', async (seed, steps) => {
    const state = createState({}, { seed })
    await draw({ a: () => tf.randomNormal([2]) }, { state, steps })
    const copy = createState({})
    copy.restore(state.snapshot())
    expect(copy.random).toEqual({ seed, step: steps })
  })

  it('adds nothing to snapshots where nothing draws', async () => {
    const variable = tf.variable(tf.zeros([2]))
    const state = createState({ variable })
    const compiled = await compile(() => ({ y: tf.add(variable, 1) }), { state, inputs: {} })
    await compiled.run({})
    expect(Object.keys(state.snapshot())).toEqual(['variable'])
    expect(state.random).toBeUndefined()
    await compiled.dispose()
    variable.dispose()
  })

  it('refuses a snapshot without seed and step, and one that was altered', async () => {
    const state = createState({}, { seed: 1 })
    expect(() => state.restore({})).toThrow(`state ${randomStateName}: expected seed and step`)
    const altered = { [randomStateName]: { shape: [7], values: Float32Array.of(1, 0.5, 0, 0, 0, 0, 0) } }
    expect(() => state.restore(altered)).toThrow('7 whole numbers')
    expect(state.random).toEqual({ seed: 1, step: 0 })
  })

  it('counts the runs that draw, of all its functions, and none that failed', async () => {
    const state = createState({}, { seed: 1 })
    const drawing = await compile(({ x, index }) => ({ y: tf.gather(tf.add(x, tf.randomNormal([3])), index) }), {
      state,
      inputs: { x: { shape: [3], dtype: 'float32' }, index: { shape: [1], dtype: 'int32' } },
    })
    const plain = await compile(({ x }) => ({ y: tf.neg(x) }), { state, inputs: { x: { shape: [3], dtype: 'float32' } } })
    const x = new Float32Array(3)
    await drawing.run({ x, index: Int32Array.of(0) })
    await plain.run({ x })
    await expect(drawing.run({ x, index: Int32Array.of(3) })).rejects.toMatchObject({ code: 'RUN_FAILED' })
    expect(state.random).toEqual({ seed: 1, step: 1 })
    for (const each of [drawing, plain]) await each.dispose()
  })

  it('may be updated by what is drawn, as in Langevin dynamics', async () => {
    const variable = tf.variable(tf.zeros([1000]))
    const state = createState({ variable })
    const compiled = await compile(
      () => {
        variable.assign(tf.add(variable, tf.randomNormal([1000])) as tf.Tensor1D)
        return {}
      },
      { state, inputs: {} },
    )
    for (let step = 0; step < 100; step++) await compiled.run({})
    expect(Math.abs(deviation(state.read('variable')) / 10 - 1)).toBeLessThan(0.12)
    await compiled.dispose()
    variable.dispose()
  })
})

describe('graphs with draws', () => {
  it('print what is drawn', () => {
    const graph = traceGraph(() => ({ y: tf.randomNormal([2], 1, 2, 'float32', 3) }), { inputs: {} })
    expect(printGraph(graph)).toContain('input random:0 = %0: float32[2] drawn normal(1, 2) by seed 3')
  })

  it('are not exported', () => {
    expect(() => exportOnnx(({ x }) => ({ y: tf.dropout(x, 0.5) }), { inputs: { x: { shape: [2], dtype: 'float32' } } })).toThrow(
      'expected no random numbers, which a model cannot draw, got uniform(0, 1)',
    )
  })
})
