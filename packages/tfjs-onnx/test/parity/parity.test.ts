import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { encodeGraph, type Graph, type InputSpec, ruleCategories, supportedKernels, traceGraph } from '../../src/index.js'
import { operators } from '../../src/operators/index.js'
import { ruleFor } from '../../src/rules/index.js'
import { tf } from '../eager.js'
import { expectClose, numbersFrom, uniformArray } from '../numbers.js'
import { elementwiseCases } from './elementwiseCases.js'
import { imageCases } from './imageCases.js'
import type { ParityExample, ParityInput } from './ParityCase.js'
import { sliceCases } from './sliceCases.js'
import { structureCases } from './structureCases.js'

const cases = [...elementwiseCases, ...structureCases, ...sliceCases, ...imageCases]
/** Gradients add the roundings of several kernels. */
const gradientTolerance = 1e-5

type Values = Float32Array | Int32Array | Uint8Array

function drawInput({ shape, dtype = 'float32', range }: ParityInput, draw: (low: number, high: number) => number): Values {
  const length = shape.reduce((size, each) => size * each, 1)
  if (dtype === 'bool') return Uint8Array.from({ length }, () => Math.round(draw(0, 1)))
  if (dtype === 'int32') return Int32Array.from({ length }, () => Math.round(draw(...(range ?? ([-9, 9] as const)))))
  return Float32Array.from({ length }, () => draw(...(range ?? ([-2, 2] as const))))
}

/** Draws the same examples every time. */
function samples(example: fc.Arbitrary<ParityExample>, numRuns: number): ParityExample[] {
  return fc.sample(example, { seed: 1, numRuns })
}

function gradientCall({ call, inputs }: ParityExample) {
  const isFloat = inputs.map(({ dtype = 'float32' }) => dtype === 'float32')
  return (...tensors: tf.Tensor[]) => {
    const floats = tensors.filter((_, index) => isFloat[index])
    const gradients = tf.grads((...xs: tf.Tensor[]) => {
      let next = 0
      const output = call(...tensors.map((tensor, index) => (isFloat[index] ? (xs[next++] as tf.Tensor) : tensor)))
      const weights = tf.tensor(uniformArray(output.size, output.size), output.shape)
      return tf.sum(tf.mul(tf.cast(output, 'float32'), weights))
    })(floats)
    return tf.concat(
      gradients.map((gradient) => tf.reshape(gradient, [-1])),
      0,
    )
  }
}

async function compare({ call, inputs }: ParityExample, { seed, tolerance }: { seed: number; tolerance: number }) {
  const draw = numbersFrom(seed)
  const values = inputs.map((input) => drawInput(input, draw))
  const dtypes: string[] = []
  const asFloats = (...tensors: tf.Tensor[]) => {
    const result = call(...tensors)
    dtypes.push(result.dtype)
    return tf.cast(result, 'float32')
  }
  const expected = tf.tidy(() =>
    asFloats(
      ...inputs.map(({ shape, dtype = 'float32' }, index) => tf.tensor(values[index] as Values, [...shape], dtype)),
    ).dataSync<'float32'>(),
  )
  const specs = Object.fromEntries(inputs.map(({ shape, dtype = 'float32' }, index) => [`x${index}`, { shape, dtype } as InputSpec]))
  const before = tf.memory().numTensors
  const compiled = await compile((tensors) => ({ y: asFloats(...Object.values(tensors)) }), { inputs: specs, threads: 1 })
  expect(tf.memory().numTensors).toBe(before)
  expect(dtypes[1]).toBe(dtypes[0])
  const run: (inputs: Record<string, Values>) => Promise<{ y: Float32Array }> = compiled.run as never
  const { y } = await run(Object.fromEntries(values.map((value, index) => [`x${index}`, value])))
  await compiled.dispose()
  expectClose(y, expected, tolerance)
}

describe.each(cases.map((each) => [each.title ? `${each.kernel} ${each.title}` : each.kernel, each] as const))('%s', (_, parityCase) => {
  const tolerance = parityCase.tolerance ?? ruleFor(parityCase.kernel)?.tolerance ?? 0

  it('computes what tfjs computes', async () => {
    await fc.assert(
      fc.asyncProperty(parityCase.example, fc.nat(), (example, seed) => compare(example, { seed, tolerance })),
      { seed: 8, numRuns: 4, endOnFailure: true },
    )
  })

  if (parityCase.gradient === false) return
  it('has the gradient that tfjs has', async () => {
    await fc.assert(
      fc.asyncProperty(parityCase.example, fc.nat(), (example, seed) =>
        compare({ ...example, call: gradientCall(example) }, { seed, tolerance: Math.max(tolerance, gradientTolerance) }),
      ),
      { seed: 9, numRuns: 2, endOnFailure: true },
    )
  })
})

describe('the rule tables', () => {
  it('have a parity case for every kernel', () => {
    const tested = new Set(cases.map(({ kernel }) => kernel))
    // What is drawn is no number to compare: test/randomness looks at its distribution.
    expect(supportedKernels().filter((kernel) => !tested.has(kernel) && !Object.hasOwn(ruleCategories.random, kernel))).toEqual([])
  })

  it.each(cases.map((each) => [`${each.kernel} ${each.title ?? ''}`, each] as const))('are reached: %s', async (_, { kernel, example }) => {
    const reached: string[] = []
    for (const { call, inputs } of samples(example, 5)) {
      const draw = numbersFrom(1)
      const tensors = inputs.map((input) => tf.tensor(drawInput(input, draw), [...input.shape], input.dtype ?? 'float32'))
      reached.push(...(await tf.profile(() => call(...tensors))).kernelNames)
    }
    expect(reached).toContain(kernel)
  })

  it('state the opset that the emitted operators need', () => {
    const needed: Record<string, number> = {}
    for (const { kernel, example } of cases) {
      for (const { call, inputs } of samples(example, 10)) {
        const specs = Object.fromEntries(inputs.map(({ shape, dtype = 'float32' }, index) => [`x${index}`, { shape, dtype } as InputSpec]))
        const graph: Graph = traceGraph((tensors) => ({ y: tf.cast(call(...Object.values(tensors)), 'float32') }), {
          inputs: specs,
          rewrite: false,
        })
        needed[kernel] = Math.max(needed[kernel] ?? 1, ...ownNodes(graph).map(({ op }) => operators[op].since))
        expect(encodeGraph(graph).model.length).toBeGreaterThan(0)
      }
    }
    const own = Object.entries(needed).filter(([kernel]) => !mixedCases.has(kernel))
    for (const [kernel, since] of own) expect([kernel, ruleFor(kernel)?.since]).toEqual([kernel, since])
  })
})

/** Leaves out the conversion of the result to float32, which the test adds. */
function ownNodes({ nodes, outputs }: Graph) {
  return nodes.filter((node) => node.op !== 'Cast' || node.outputs[0] !== outputs[0]?.value)
}

/** Kernels whose cases call other kernels too, so that the graph holds more than their own rule emits. */
const mixedCases: ReadonlySet<string> = new Set([
  'Conv2DBackpropFilter',
  'Fill',
  'Identity',
  'IsFinite',
  'IsInf',
  'IsNan',
  'LinSpace',
  'OnesLike',
  'Range',
  'Select',
  'UnsortedSegmentSum',
  'ZerosLike',
])
