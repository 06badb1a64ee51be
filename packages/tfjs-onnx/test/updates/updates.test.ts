import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, createState, printGraph, traceGraph } from '../../src/index.js'
import { splitUpdates } from '../../src/updates/splitUpdates.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'

type Tensors = Readonly<Record<string, tf.Tensor>>
type Update = (tensors: Tensors) => Tensors

interface StepParts {
  readonly values: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: ArrayLike<number> }>>
  readonly inputs?: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>
  readonly update: Update
  readonly steps?: number
}

/** Runs a step compiled and eagerly and returns both final states, and the split graph. */
async function runBoth({ values, inputs = {}, update, steps = 3 }: StepParts) {
  const make = () =>
    Object.fromEntries(
      Object.entries(values).map(([name, each]) => [name, tf.variable(tf.tensor(Array.from(each.values), [...each.shape], 'float32'))]),
    )
  const [compiledVariables, eagerVariables] = [make(), make()]
  const state = createState(compiledVariables)
  const specs = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, { shape, dtype: 'float32' as const }]))
  const step = (variables: Record<string, tf.Variable>) => (given: Tensors) => {
    const next = update({ ...variables, ...given })
    for (const [name, value] of Object.entries(next)) variables[name]?.assign(value)
    return {}
  }
  const options = { state, inputs: specs }
  const split = splitUpdates(traceGraph(step(compiledVariables), options))
  const compiled = await compile(step(compiledVariables), options)
  const arrays = Object.fromEntries(Object.entries(inputs).map(([name, each]) => [name, each.values]))
  for (let index = 0; index < steps; index++) {
    await compiled.run(arrays)
    tf.tidy(() => {
      step(eagerVariables)(
        Object.fromEntries(Object.entries(inputs).map(([name, each]) => [name, tf.tensor(each.values, [...each.shape])])),
      )
    })
  }
  await compiled.dispose()
  const names = Object.keys(values)
  return {
    split,
    compiled: Object.fromEntries(names.map((name) => [name, [...state.read(name)]])),
    eager: Object.fromEntries(names.map((name) => [name, Array.from(eagerVariables[name]?.dataSync() ?? [])])),
  }
}

const vector = (...values: number[]) => ({ shape: [values.length], values })
const scalar = (value: number) => ({ shape: [], values: [value] })
const { add, sub, mul, div, sqrt, maximum, minimum, abs, neg, reciprocal } = tf

describe('updates', () => {
  it('leave the ONNX graph as a whole: what remains of a step with momentum is its gradient', async () => {
    const { split, compiled, eager } = await runBoth({
      values: { weights: { shape: [3, 2], values: [1, 2, 3, 4, 5, 6] }, velocity: { shape: [3, 2], values: new Float32Array(6) } },
      inputs: { x: { shape: [4, 3], values: uniformArray(1, 12) } },
      update: ({ weights, velocity, x }) => {
        const gradient = tf.grad((w) => tf.sum(tf.square(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D))))(weights as tf.Tensor)
        const next = add(mul(velocity as tf.Tensor, 0.9), gradient)
        return { velocity: next, weights: sub(weights as tf.Tensor, mul(next, 0.01)) }
      },
    })
    expect(split.body.nodes.map(({ op }) => op).filter((op) => op !== 'Mul')).toEqual(['Gemm', 'Gemm'])
    expect(split.program.loops.map(({ length, updates }) => [length, updates.length])).toEqual([[6, 2]])
    for (const name of ['weights', 'velocity']) expectClose(compiled[name] ?? [], eager[name] ?? [], 1e-6)
  })

  it('read the state before the step: tensors and scalars may trade places', async () => {
    const { compiled, eager } = await runBoth({
      values: { a: vector(1, 2, 3), b: vector(4, 5, 6), c: vector(7, 8, 9), p: scalar(1), q: scalar(2) },
      update: ({ a, b, c, p, q }) => ({
        a: add(b as tf.Tensor, 0),
        b: mul(c as tf.Tensor, p as tf.Tensor),
        c: tf.clone(a as tf.Tensor),
        p: tf.clone(q as tf.Tensor),
        q: add(p as tf.Tensor, q as tf.Tensor),
      }),
    })
    expect(compiled).toEqual(eager)
  })

  it('take inputs, constants and copies of other states', async () => {
    const { compiled, eager } = await runBoth({
      values: { a: vector(1, 2, 3), copy: vector(0, 0, 0), constant: vector(0, 0, 0), given: vector(0, 0, 0), one: vector(5) },
      inputs: { x: { shape: [3], values: Float32Array.of(0.5, -1, 2) } },
      update: ({ a, x, one }) => ({
        a: add(mul(a as tf.Tensor, tf.tensor1d([1, 2, 3])), x as tf.Tensor),
        copy: a as tf.Tensor,
        constant: tf.tensor1d([3, 2, 1]),
        given: x as tf.Tensor,
        one: mul(one as tf.Tensor, 2),
      }),
    })
    expect(compiled).toEqual(eager)
  })

  it('leave broadcasts, other functions and what is also an output to the ONNX graph', async () => {
    const variables = { a: tf.variable(tf.tensor2d([[1, 2]])), b: tf.variable(tf.tensor1d([1, 2])), c: tf.variable(tf.tensor1d([3, 4])) }
    const state = createState(variables)
    const step = ({ row }: { row: tf.Tensor }) => {
      const sum = add(variables.a, row)
      const doubled = mul(variables.b, 2)
      variables.a.assign(tf.mean(sum, 0, true))
      variables.b.assign(doubled as tf.Tensor1D)
      variables.c.assign(tf.sin(variables.c))
      return { doubled }
    }
    const options = { state, inputs: { row: { shape: [2, 1], dtype: 'float32' as const } } }
    expect(printGraph(splitUpdates(traceGraph(step, options)).body)).toMatchInlineSnapshot(`
      "graph {
        input row = %0: float32[2,1]
        state a = %1: float32[1,2]
        state b = %2: float32[2]
        state c = %3: float32[2]
        const %4: float32[] = 2
        const %5: int64[1] = [0]
        %6: float32[2,2] = Add(%1, %0)
        %7: float32[2] = Mul(%2, %4)
        %8: float32[1,2] = ReduceMean(%6, %5) {keepdims: 1}
        %9: float32[2] = Sin(%3)
        output doubled = %7
        output handed:8 = %8
        output handed:7 = %7
        output handed:9 = %9
      }"
    `)
    const compiled = await compile(step, options)
    const { doubled } = await compiled.run({ row: Float32Array.of(1, 3) })
    expect([...doubled]).toEqual([2, 4])
    expect([...state.read('a')]).toEqual([3, 4])
    expect([...state.read('b')]).toEqual([2, 4])
    expectClose(state.read('c'), [Math.sin(3), Math.sin(4)], 1e-6)
    await compiled.dispose()
  })

  it('compute scalars with the functions that bias corrections need', async () => {
    const { split, compiled, eager } = await runBoth({
      values: { t: scalar(1), rate: scalar(0) },
      update: ({ t }) => ({
        t: add(t as tf.Tensor, 1),
        rate: div(sqrt(neg(tf.expm1(mul(t as tf.Tensor, Math.log(0.999))))), sub(1, tf.pow(tf.scalar(0.9), t as tf.Tensor))),
      }),
    })
    expect(split.body.nodes).toEqual([])
    expect(compiled.t).toEqual(eager.t)
    expectClose(compiled.rate ?? [], eager.rate ?? [], 1e-6)
  })

  it('pass on NaN and infinities', async () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1]
    const { compiled, eager } = await runBoth({
      values: { a: vector(...special), b: vector(...special.toReversed()) },
      update: ({ a, b }) => ({
        a: maximum(a as tf.Tensor, b as tf.Tensor),
        b: minimum(div(a as tf.Tensor, b as tf.Tensor), b as tf.Tensor),
      }),
      steps: 1,
    })
    expect(compiled).toEqual(eager)
  })

  it('go on when the memory has grown under another compiled function', async () => {
    const total = tf.variable(tf.zeros([8]))
    const state = createState({ total })
    const inputs = { x: { shape: [8], dtype: 'float32' as const } }
    const accumulate = (change: (x: tf.Tensor) => tf.Tensor) => (given: { x: tf.Tensor }) => {
      total.assign(change(given.x) as tf.Tensor1D)
      return {}
    }
    const count = await compile(
      accumulate((given) => add(total, tf.sin(given))),
      { state, inputs },
    )
    const x = Float32Array.from({ length: 8 }, () => Math.PI / 2)
    await count.run({ x })
    const large = tf.ones([300_000])
    const spread = await compile(
      accumulate((given) => mul(total, tf.mean(mul(large, tf.sum(tf.sin(given)))))),
      { state, inputs },
    )
    await spread.run({ x })
    await count.run({ x })
    expectClose(state.read('total'), new Float32Array(8).fill(9), 1e-5)
    await count.dispose()
    await spread.dispose()
  })

  it('equal eager arithmetic to the last bit, for random programs', async () => {
    const unary = [neg, abs, (x: tf.Tensor) => sqrt(abs(x)), reciprocal]
    const binary = [add, sub, mul, div, maximum, minimum]
    const instruction = fc.record({ operator: fc.nat(9), left: fc.nat(20), right: fc.nat(20) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(instruction, { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 1000 }),
        async (program, length, seed) => {
          const tensor = (offset: number) => ({ shape: [length], values: uniformArray(seed + offset, length, 0.5, 2) })
          const { compiled, eager } = await runBoth({
            values: { a: tensor(1), b: tensor(2), s: scalar(1.5) },
            inputs: { x: tensor(3) },
            update: ({ a, b, s, x }) => {
              const values = [a, b, s, x] as tf.Tensor[]
              for (const { operator, left, right } of program) {
                const [l, r] = [values[left % values.length], values[right % values.length]] as [tf.Tensor, tf.Tensor]
                values.push(
                  operator < unary.length ? (unary[operator] as typeof neg)(l) : (binary[operator - unary.length] as typeof add)(l, r),
                )
              }
              const vectors = values.filter(({ size, rank }) => rank === 1 && size === length)
              return { a: vectors.at(-1) as tf.Tensor, b: vectors.at(-2) as tf.Tensor, s: add(mul(s as tf.Tensor, 0.5), 0.25) }
            },
            steps: 2,
          })
          expect(compiled).toEqual(eager)
        },
      ),
      { seed: 20, numRuns: 40 },
    )
  })
})
