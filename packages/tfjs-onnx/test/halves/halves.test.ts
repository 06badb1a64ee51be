import { afterEach, describe, expect, it } from 'vitest'
import { type CompiledFunction, type CompileOptions, compile, createState, optimizerVariables, type State } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'

const [size, code] = [20, 5]

afterEach(() => tf.disposeVariables())

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.5),
  momentum: () => tf.train.momentum(0.2, 0.9),
  'Nesterov momentum': () => tf.train.momentum(0.2, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.01),
  'centred rmsprop': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-6, true),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(1),
}

interface Parameters {
  readonly [name: string]: tf.Variable
  readonly encoder: tf.Variable<tf.Rank.R2>
  readonly encoderBias: tf.Variable<tf.Rank.R1>
  readonly decoder: tf.Variable<tf.Rank.R2>
  readonly decoderBias: tf.Variable<tf.Rank.R1>
}

function makeParameters(): Parameters {
  const kernel = (seed: number, rows: number, columns: number) =>
    tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(seed, rows * columns, -0.5, 0.5), [rows, columns])))
  return {
    encoder: kernel(1, size, code),
    encoderBias: tf.tidy(() => tf.variable(tf.zeros([code]))),
    decoder: kernel(2, code, size),
    decoderBias: tf.tidy(() => tf.variable(tf.zeros([size]))),
  }
}

type Loss = (x: tf.Tensor2D, parameters: Parameters) => tf.Scalar

const encode = (x: tf.Tensor2D, { encoder, encoderBias }: Parameters) => tf.tanh(tf.add(tf.matMul(x, encoder), encoderBias)) as tf.Tensor2D
const decode = (codes: tf.Tensor2D, { decoder, decoderBias }: Parameters) =>
  tf.sigmoid(tf.add(tf.matMul(codes, decoder), decoderBias)) as tf.Tensor2D
const squaredError: Loss = (x, parameters) => tf.losses.meanSquaredError(x, decode(encode(x, parameters), parameters)) as tf.Scalar

interface TrainingOptions {
  readonly loss?: Loss
  readonly makeOptimizer?: () => tf.Optimizer
  readonly seed?: number
}

function makeTraining({ loss = squaredError, makeOptimizer = () => tf.train.adam(0.01), seed }: TrainingOptions = {}) {
  const parameters = makeParameters()
  const optimizer = makeOptimizer()
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) }, seed === undefined ? {} : { seed })
  const step = ({ x }: { readonly x: tf.Tensor }) => ({
    loss: optimizer.minimize(() => loss(x as tf.Tensor2D, parameters), true, Object.values(parameters)) as tf.Scalar,
  })
  return { parameters, state, step }
}

type Options = Pick<CompileOptions<never>, 'step' | 'threads'>
type Compiled = CompiledFunction<{ readonly x: { readonly shape: readonly number[]; readonly dtype: 'float32' } }, { loss: tf.Scalar }>

function compileTraining({ step, state }: ReturnType<typeof makeTraining>, batch: number, options: Options): Promise<Compiled> {
  return compile(step, { state, inputs: { x: { shape: [batch, size], dtype: 'float32' as const } }, threads: 1, ...options })
}

async function train(compiled: Compiled, batch: number, steps: readonly [number, number]): Promise<number[]> {
  const losses: number[] = []
  for (let step = steps[0]; step < steps[1]; step++) {
    losses.push((await compiled.run({ x: uniformArray(100 + (step % 25), batch * size, 0, 1) })).loss[0] ?? Number.NaN)
  }
  return losses
}

interface Trained {
  readonly losses: readonly number[]
  readonly snapshot: ReturnType<State['snapshot']>
  readonly compiled: Compiled
}

async function trained(training: TrainingOptions, batch: number, options: Options & { steps?: number }): Promise<Trained> {
  const { steps = 100, ...rest } = options
  const made = makeTraining(training)
  const compiled = await compileTraining(made, batch, rest)
  const losses = await train(compiled, batch, [0, steps])
  await compiled.dispose()
  return { losses, snapshot: made.state.snapshot(), compiled }
}

describe('a step by halves', () => {
  it.each(Object.entries(optimizers))('stays within 1e-5 of the whole step over 100 steps: %s', async (_, makeOptimizer) => {
    const whole = await trained({ makeOptimizer }, 16, { step: 'whole' })
    const halves = await trained({ makeOptimizer }, 16, { step: 'halves' })
    expect(halves.compiled.step).toEqual({ kind: 'halves', threads: 1, reasons: [] })
    expectClose(halves.losses, whole.losses, 1e-5)
    for (const [name, { values }] of Object.entries(whole.snapshot)) expectClose(halves.snapshot[name]?.values ?? [], values, 1e-5)
  })

  it.each([2, 3, 7, 16])('has the same bits on one thread and on two: batches of %i', async (batch) => {
    const one = await trained({}, batch, { step: 'halves', threads: 1 })
    const two = await trained({}, batch, { step: 'halves', threads: 2 })
    expect(two.compiled.step.kind).toBe('halves')
    expect(two.losses).toEqual(one.losses)
    expect(two.snapshot).toEqual(one.snapshot)
    const whole = await trained({}, batch, { step: 'whole' })
    expectClose(one.losses, whole.losses, 1e-5)
  })

  it('goes on from a saved state to the bit, in another compiled function and on another number of threads', async () => {
    const made = makeTraining()
    const compiled = await compileTraining(made, 9, { step: 'halves', threads: 2 })
    await train(compiled, 9, [0, 10])
    const saved = made.state.snapshot()
    const losses = await train(compiled, 9, [10, 30])
    const uninterrupted = made.state.snapshot()
    await compiled.dispose()
    const other = makeTraining()
    other.state.restore(saved)
    const resumed = await compileTraining(other, 9, { step: 'halves', threads: 1 })
    expect(await train(resumed, 9, [10, 30])).toEqual(losses)
    expect(other.state.snapshot()).toEqual(uninterrupted)
    await resumed.dispose()
  })

  it('draws random numbers for the whole batch: those of the whole step, of which each half takes its examples', async () => {
    const noisy: Loss = (x, parameters) => {
      const seen = tf.mul(tf.dropout(x, 0.25), tf.cast(tf.greater(tf.randomUniform([11, size]), 0.1), 'float32')) as tf.Tensor2D
      const codes = tf.add(encode(seen, parameters), tf.mul(tf.randomNormal([11, code]), 0.1)) as tf.Tensor2D
      return tf.losses.meanSquaredError(x, decode(codes, parameters)) as tf.Scalar
    }
    const whole = await trained({ loss: noisy, seed: 3 }, 11, { step: 'whole' })
    const one = await trained({ loss: noisy, seed: 3 }, 11, { step: 'halves' })
    const two = await trained({ loss: noisy, seed: 3 }, 11, { step: 'halves', threads: 2 })
    expect(one.compiled.step.kind).toBe('halves')
    expect(two.snapshot).toEqual(one.snapshot)
    expectClose(one.losses, whole.losses, 1e-5)
  })

  it('takes penalties of weights and of single examples, and weights of examples', async () => {
    const penalized: Loss = (x, parameters) => {
      const codes = encode(x, parameters)
      const ofCodes = tf.mul(0.01, tf.mean(tf.sum(tf.abs(codes), 1)))
      const ofWeights = tf.mul(0.02, tf.add(tf.sum(tf.square(parameters.encoder)), tf.mean(tf.square(parameters.decoder))))
      const ofSlopes = tf.mul(
        0.03,
        tf.mean(tf.matMul(tf.square(tf.sub(1, tf.square(codes))), tf.sum(tf.square(parameters.encoder), 0, true), false, true)),
      )
      const importance = tf.tensor1d(Array.from({ length: 10 }, (_, example) => example / 10))
      const errors = tf.mean(tf.squaredDifference(x, decode(codes, parameters)), 1)
      return tf.addN([tf.mean(tf.mul(errors, importance)), ofCodes, ofWeights, ofSlopes]) as tf.Scalar
    }
    const whole = await trained({ loss: penalized }, 10, { step: 'whole' })
    const halves = await trained({ loss: penalized }, 10, { step: 'halves', threads: 2 })
    expect(halves.compiled.step.kind).toBe('halves')
    expectClose(halves.losses, whole.losses, 1e-5)
    for (const [name, { values }] of Object.entries(whole.snapshot)) expectClose(halves.snapshot[name]?.values ?? [], values, 1e-5)
  })
})

describe('what a step by halves returns and is given', () => {
  it('may have a part for each example, be a sum over them, or depend on none', async () => {
    const weights = tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(5, 12, -1, 1), [4, 3])))
    const state = createState({ weights })
    const step = ({ x, rate }: { readonly x: tf.Tensor; readonly rate: tf.Tensor }) => {
      const products = tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D)
      const gradient = tf.matMul(x as tf.Tensor2D, products as tf.Tensor2D, true)
      weights.assign(tf.sub(weights, tf.mul(rate, gradient)))
      return {
        products,
        first: tf.cast(tf.argMax(products, 1), 'float32'),
        total: tf.sum(products),
        columns: tf.mean(products, 0),
        norm: tf.sum(tf.square(weights)),
        x,
      }
    }
    const inputs = { x: { shape: [5, 4], dtype: 'float32' }, rate: { shape: [], dtype: 'float32' } } as const
    const values = { x: uniformArray(6, 20, -1, 1), rate: Float32Array.of(0.125) }
    const start = state.snapshot()
    const whole = await compile(step, { state, inputs, threads: 1 })
    const expected = await whole.run(values)
    const updated = state.read('weights')
    await whole.dispose()
    for (const threads of [1, 2]) {
      state.restore(start)
      const halves = await compile(step, { state, inputs, threads, step: 'halves' })
      const results = await halves.run(values)
      expect(halves.step).toEqual({ kind: 'halves', threads, reasons: [] })
      expect(Object.keys(results)).toEqual(Object.keys(expected))
      for (const [name, result] of Object.entries(results)) expectClose(result, expected[name as keyof typeof expected], 1e-6)
      expectClose(state.read('weights'), updated, 1e-6)
      await halves.dispose()
    }
  })

  it('is refused by the same names as of a whole step', async () => {
    const made = makeTraining()
    const compiled = await compileTraining(made, 4, { step: 'halves' })
    const before = made.state.snapshot()
    await expect(compiled.run({} as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(compiled.run({ x: new Float32Array(5) })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(compiled.run({ x: new Float32Array(4 * size), y: new Float32Array(1) } as never)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(made.state.snapshot()).toEqual(before)
    await compiled.dispose()
    await expect(compiled.run({ x: new Float32Array(4 * size) })).rejects.toMatchObject({ code: 'DISPOSED' })
    await expect(compileTraining(made, 4, { step: 'quarters' as never })).rejects.toMatchObject({ code: 'INVALID_OPTION' })
  })

  it.each([1, 2])('may clip its gradients by their norm, which takes the sums of the whole batch, on %i threads', async (threads) => {
    const clipping = () => {
      const { parameters, state } = makeTraining({ makeOptimizer: () => tf.train.sgd(0.5) })
      const step = ({ x }: { readonly x: tf.Tensor }) => {
        const { value, grads } = tf.variableGrads(() => squaredError(x as tf.Tensor2D, parameters), Object.values(parameters))
        const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))))
        const scale = tf.minimum(1, tf.div(0.05, norm))
        for (const parameter of Object.values(parameters)) {
          parameter.assign(tf.sub(parameter, tf.mul(scale, grads[parameter.name] as tf.Tensor)))
        }
        return { loss: value, norm }
      }
      return { state, step }
    }
    const inputs = { x: { shape: [9, size], dtype: 'float32' } } as const
    const [whole, halves] = [clipping(), clipping()]
    const reference = await compile(whole.step, { state: whole.state, inputs, threads: 1 })
    const compiled = await compile(halves.step, { state: halves.state, inputs, threads, step: 'halves' })
    expect(compiled.step).toEqual({ kind: 'halves', threads, reasons: [] })
    for (let step = 0; step < 20; step++) {
      const values = { x: uniformArray(step, 9 * size, 0, 1) }
      const [expected, got] = [await reference.run(values), await compiled.run(values)]
      expectClose(got.norm, expected.norm, 1e-5)
      expectClose(got.loss, expected.loss, 1e-5)
    }
    await Promise.all([reference.dispose(), compiled.dispose()])
  })

  it.each([1, 2])('changes nothing where a half fails, on %i threads', async (threads) => {
    const table = tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(7, 12, -1, 1), [4, 3])))
    const scale = tf.tidy(() => tf.variable(tf.ones([3])))
    const state = createState({ table, scale }, { seed: 1 })
    const step = ({ index }: { readonly index: tf.Tensor }) => {
      const rows = tf.add(tf.gather(table, index as tf.Tensor1D), tf.randomNormal([8, 3]))
      scale.assign(tf.sub(scale, tf.mean(rows, 0)) as tf.Tensor1D)
      return { loss: tf.mean(rows) }
    }
    const compiled = await compile(step, { state, inputs: { index: { shape: [8], dtype: 'int32' } }, threads, step: 'halves' })
    expect(compiled.step.kind).toBe('halves')
    await compiled.run({ index: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3) })
    const before = state.snapshot()
    for (const bad of [1, 6]) {
      const index = Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3).with(bad, 9)
      await expect(compiled.run({ index })).rejects.toMatchObject({ code: 'RUN_FAILED' })
      expect(state.snapshot()).toEqual(before)
    }
    await compiled.run({ index: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3) })
    expect(state.read('scale')).not.toEqual(before.scale?.values)
    await compiled.dispose()
  })
})

describe('what falls back to the whole step, and why', () => {
  it.each<[string, Loss, number, RegExp]>([
    [
      'a penalty of mean activations',
      (x, parameters) => {
        const codes = encode(x, parameters)
        const activations = tf.mean(codes, 0)
        return tf.add(squaredError(x, parameters), tf.sum(tf.square(tf.sub(activations, 0.05)))) as tf.Scalar
      },
      8,
      /needs a sum over the whole batch for each example/,
    ],
    [
      'statistics of the batch',
      (x, parameters) => {
        const codes = encode(x, parameters)
        const { mean, variance } = tf.moments(codes, 0)
        return tf.losses.meanSquaredError(x, decode(tf.div(tf.sub(codes, mean), tf.sqrt(tf.add(variance, 1e-3))), parameters)) as tf.Scalar
      },
      8,
      /needs a sum over the whole batch for each example/,
    ],
    [
      'a maximum over the examples',
      (x, parameters) => tf.max(tf.mean(tf.square(tf.sub(x, decode(encode(x, parameters), parameters))), 1)),
      8,
      /ReduceMax\(float32\[8/,
    ],
    [
      'products of examples',
      (x, parameters) => tf.mean(tf.matMul(encode(x, parameters), encode(x, parameters), false, true)),
      8,
      /multiplies examples with each other/,
    ],
    ['one example', squaredError, 1, /a batch of one example has no halves/],
  ])('%s', async (_, loss, batch, reason) => {
    const whole = await trained({ loss }, batch, { step: 'whole', steps: 10 })
    const asked = await trained({ loss }, batch, { step: 'halves', steps: 10, threads: 1 })
    expect(asked.compiled.step.kind).toBe('whole')
    expect(asked.compiled.step.reasons.join('\n')).toMatch(reason)
    expect(asked.snapshot).toEqual(whole.snapshot)
    expect(whole.compiled.step.reasons).toEqual([])
  })
})

describe('several functions of one state', () => {
  it('go on when the state has moved to memory that threads share', async () => {
    const made = makeTraining()
    const whole = await compileTraining(made, 6, { step: 'whole' })
    await train(whole, 6, [0, 3])
    const lone = await compileTraining(made, 6, { step: 'halves', threads: 1 })
    await train(lone, 6, [0, 3])
    const halves = await compileTraining(made, 6, { step: 'halves', threads: 2 })
    await train(halves, 6, [3, 6])
    await train(whole, 6, [6, 9])
    await train(lone, 6, [6, 9])
    const other = await compileTraining(made, 600, { step: 'halves', threads: 2 })
    await train(halves, 6, [9, 12])
    await train(other, 600, [0, 2])
    const expected = makeTraining()
    const reference = await compileTraining(expected, 6, { step: 'whole' })
    for (const steps of [
      [0, 3],
      [0, 6],
      [6, 9],
      [6, 12],
    ] as const)
      await train(reference, 6, steps)
    const large = await compileTraining(expected, 600, { step: 'whole' })
    await train(large, 600, [0, 2])
    for (const [name, { values }] of Object.entries(expected.state.snapshot())) expectClose(made.state.read(name), values, 1e-5)
    await Promise.all([whole, lone, halves, other, reference, large].map((compiled) => compiled.dispose()))
  })
})
