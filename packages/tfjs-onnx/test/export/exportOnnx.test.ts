import { describe, expect, it } from 'vitest'
import { createState, exportOnnx } from '../../src/index.js'
import { ModelProto } from '../../src/onnxSchema.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'
import { type ExportCase, exportCases } from './exportCases.js'
import { findPython, type ModelRun, runInPython } from './runInPython.js'
import { type PlainTensor, type PlainTensors, runModel, runtimes } from './runModel.js'

const sizesOfBatch = [1, 2, 7, 53]

/** What of the encoded form the tests look at. */
interface DecodedModel {
  readonly irVersion: number
  readonly producerName: string
  readonly producerVersion: string
  readonly docString: string
  readonly opsetImport: { version: number }[]
  readonly metadataProps: { key: string; value: string }[]
  readonly graph: {
    readonly name: string
    readonly node: { opType: string; input: string[]; output: string[] }[]
    readonly initializer: { name: string; dims: number[]; rawData: Uint8Array }[]
    readonly input: DecodedTensor[]
    readonly output: DecodedTensor[]
  }
}

interface DecodedTensor {
  readonly name: string
  readonly type: { tensorType: { shape?: { dim?: { dimValue?: number; dimParam?: string }[] } } }
}

const decodeModel = (model: Uint8Array) => ModelProto.toObject(ModelProto.decode(model), { longs: Number }) as DecodedModel

const dimensionsOf = (tensors: DecodedTensor[]) =>
  Object.fromEntries(
    tensors.map(({ name, type }) => [
      name,
      (type.tensorType.shape?.dim ?? []).map(({ dimValue, dimParam }) => dimValue ?? dimParam ?? null),
    ]),
  )

/** Exports a case with weights drawn from fixed seeds; `expected` computes it eagerly. */
function exportCase({ inputs, weights = {}, fn }: ExportCase) {
  const variables = Object.fromEntries(
    Object.entries(weights).map(([name, shape], index) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(uniformArray(100 + index, product(shape)), [...shape]))),
    ]),
  )
  const tensors: Readonly<Record<string, tf.Tensor>> = variables
  const named = tensors as Parameters<typeof fn>[1]
  const model = exportOnnx((symbols) => fn(symbols as Parameters<typeof fn>[0], named), { inputs, state: createState(variables) })
  const expected = (values: PlainTensors) => runEagerly((given) => fn(given as Parameters<typeof fn>[0], named), values)
  return { model, expected, dispose: () => tf.dispose(variables) }
}

/** Computes a function with tfjs itself. */
function runEagerly(fn: (inputs: Readonly<Record<string, tf.Tensor>>) => Record<string, tf.Tensor>, inputs: PlainTensors): PlainTensors {
  return tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const)
    const results = Object.entries(fn(Object.fromEntries(tensors)))
    return Object.fromEntries(
      results.map(([name, result]) => [name, { shape: result.shape, values: Float32Array.from(result.dataSync()) }]),
    )
  })
}

function drawInputs({ inputs }: Pick<ExportCase, 'inputs'>, batch: number): Record<string, PlainTensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }], index) => {
      const sizes = shape.map((size) => (typeof size === 'number' ? size : size === 'batch' ? batch : 3))
      return [name, { shape: sizes, values: uniformArray(index + batch, product(sizes), -2, 2) }]
    }),
  )
}

function expectSame(actual: PlainTensors, expected: PlainTensors): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected))
  for (const [name, { shape, values }] of Object.entries(expected)) {
    expect([name, actual[name]?.shape]).toEqual([name, shape])
    expectClose(actual[name]?.values ?? [], values, 1e-5)
  }
}

const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1)

describe('an exported model', () => {
  describe.each(exportCases)('of $what', (each) => {
    const { model, expected, dispose } = exportCase(each)
    const runs = sizesOfBatch.map((batch) => drawInputs(each, batch)).map((inputs) => ({ model, inputs, expected: expected(inputs) }))
    dispose()

    it.each(Object.keys(runtimes) as (keyof typeof runtimes)[])('computes in %s what tfjs computes, for every size', async (runtime) => {
      for (const { inputs, expected } of runs) expectSame(await runModel(runtime, model, inputs), expected)
    })

    it('says what goes in and comes out', () => {
      const { graph } = decodeModel(model)
      expect(dimensionsOf(graph.input)).toEqual(Object.fromEntries(Object.entries(each.inputs).map(([name, { shape }]) => [name, shape])))
      expect(dimensionsOf(graph.output)).toEqual(each.outputs)
      const weights = graph.initializer.filter(({ name }) => name in (each.weights ?? {}))
      expect(Object.fromEntries(weights.map(({ name, dims }) => [name, dims]))).toEqual(each.weights ?? {})
    })
  })

  const { python, reason } = findPython()
  it.skipIf(!python)(`passes ONNX’s checker and computes the same in Python ${reason && `(skipped: ${reason})`}`, () => {
    const cases = exportCases.map((each) => ({ each, ...exportCase(each) }))
    const runs: (ModelRun & { expected: PlainTensors })[] = cases.flatMap(({ each, model, expected }) =>
      [1, 7].map((batch) => drawInputs(each, batch)).map((inputs) => ({ model, inputs, expected: expected(inputs) })),
    )
    for (const { dispose } of cases) dispose()
    const answers = runInPython(python ?? '', runs)
    for (const [index, { expected }] of runs.entries()) expectSame(answers[index] ?? {}, expected)
  })
})

describe('exportOnnx', () => {
  const inputs = { x: { shape: ['batch', 4], dtype: 'float32' } } as const

  it('chooses the oldest opset that has the operators, and the file format of its time', () => {
    const versions = (fn: (x: tf.Tensor) => tf.Tensor, opset?: number) => {
      const { irVersion, opsetImport } = decodeModel(exportOnnx(({ x }) => ({ y: fn(x) }), { inputs, ...(opset ? { opset } : {}) }))
      return [irVersion, opsetImport]
    }
    expect(versions((x) => tf.relu(tf.mean(x, 1)))).toEqual([7, [{ version: 13 }]])
    expect(versions((x) => tf.relu(tf.mean(x, 1)), 18)).toEqual([8, [{ version: 18 }]])
  })

  it.each([13, 14, 15, 16, 17, 18])('computes the same with opset %d', async (opset) => {
    const x = { shape: [2, 4], values: uniformArray(1, 8, -2, 2) }
    const fn = ({ x }: { readonly x: tf.Tensor }) => ({
      mean: tf.mean(x, 1),
      largest: tf.max(x, 0),
      running: tf.cumsum(x, 1),
      padded: tf.pad(tf.leakyRelu(x) as tf.Tensor2D, [
        [0, 0],
        [1, 1],
      ]),
    })
    const expected = runEagerly((tensors) => fn(tensors as { x: tf.Tensor }), { x })
    expectSame(await runModel('onnxruntime-node', exportOnnx(fn, { inputs, opset }), { x }), expected)
  })

  it('writes who made it, what it is, and further facts', () => {
    const model = decodeModel(
      exportOnnx(({ x }) => ({ y: tf.neg(x) }), {
        inputs,
        name: 'negative',
        description: 'Turns signs.',
        producer: { name: 'a test', version: '2' },
        metadata: { dataset: 'none', 'a key': 'ä' },
      }),
    )
    expect(model).toMatchObject({ producerName: 'a test', producerVersion: '2', docString: 'Turns signs.', graph: { name: 'negative' } })
    expect(model.metadataProps).toEqual([
      { key: 'dataset', value: 'none' },
      { key: 'a key', value: 'ä' },
    ])
  })

  it('gives outputs the names that were chosen', async () => {
    const model = exportOnnx(({ x }) => ({ x: tf.neg(x), y: tf.abs(x) }), { inputs, outputNames: { x: 'codes' } })
    const results = await runModel('onnxruntime-node', model, { x: { shape: [1, 4], values: Float32Array.of(1, -2, 3, -4) } })
    expect(Object.keys(results)).toEqual(['codes', 'y'])
    expect(results.codes?.values).toEqual(Float32Array.of(-1, 2, -3, 4))
  })

  it('keeps large weights once, as raw data, and leaves out those that are not used', () => {
    const [used, unused] = [tf.variable(tf.zeros([1000, 1000])), tf.variable(tf.zeros([1000, 1000]))]
    const model = exportOnnx(({ x }) => ({ y: tf.matMul(x, used) }), {
      inputs: { x: { shape: ['batch', 1000], dtype: 'float32' } },
      state: createState({ used, unused }),
    })
    tf.dispose([used, unused])
    expect(model.length).toBeGreaterThan(4_000_000)
    expect(model.length).toBeLessThan(4_001_000)
    expect(decodeModel(model).graph.initializer.map(({ name, rawData }) => [name, rawData.length])).toEqual([['used', 4_000_000]])
  })

  it('leaves no tensors behind, and gives the same bytes each time', () => {
    const kernel = tf.variable(tf.ones([4, 2]))
    const state = createState({ kernel })
    const before = tf.memory().numTensors
    const bytes = () => exportOnnx(({ x }) => ({ y: tf.matMul(x, kernel) }), { inputs, state })
    expect(bytes()).toEqual(bytes())
    expect(tf.memory().numTensors).toBe(before)
    kernel.dispose()
  })

  it('refuses a function that assigns a variable', () => {
    const count = tf.variable(tf.scalar(0))
    const run = () =>
      exportOnnx(
        ({ x }) => {
          count.assign(tf.add(count, 1))
          return { y: tf.mul(x, count) }
        },
        { inputs, state: createState({ count }) },
      )
    expect(run).toThrow(
      expect.objectContaining({ code: 'INVALID_FUNCTION', message: expect.stringContaining('got an assignment to count') }),
    )
    count.dispose()
  })

  it.each([
    ['a value', (x: tf.Tensor) => tf.div(tf.sum(x, 0), x.shape[0] ?? 1), 'a constant of float32'],
    ['an operator', (x: tf.Tensor) => ((x.shape[0] ?? 0) > 55 ? tf.neg(x) : tf.abs(x)), 'operators'],
    ['how many operators there are', (x: tf.Tensor) => tf.stack(tf.unstack(x).map((row) => tf.mul(row, row))), 'operators'],
    ['half its size', (x: tf.Tensor) => tf.slice(x, [0, 0], [Math.floor((x.shape[0] ?? 0) / 2), 4]), 'a size that is no sum'],
    [
      'an operand',
      (x: tf.Tensor) => tf.sub(...(((x.shape[0] ?? 0) > 60 ? [x, tf.abs(x)] : [tf.abs(x), x]) as [tf.Tensor, tf.Tensor])),
      'the operands of Sub',
    ],
  ])('refuses a function where %s depends on a named dimension', (_, fn, difference) => {
    expect(() => exportOnnx(({ x }) => ({ y: fn(x) }), { inputs })).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_SHAPE',
        message: expect.stringMatching(
          new RegExp(`one graph for all its sizes, got differences in ${difference}.*Give the dimension a number`),
        ),
      }),
    )
  })

  it.each([
    ['an output named like an input', { outputNames: { y: 'x' } }, 'INVALID_INPUT', /name "x" .* got one that occurs twice.* outputNames/],
    ['an empty name', { outputNames: { y: '' } }, 'INVALID_INPUT', /got an empty name/],
    ['a name for no output', { outputNames: { z: 'codes' } }, 'INVALID_INPUT', /name of an output among y, got z/],
    ['an opset that is too old', { opset: 12 }, 'UNSUPPORTED_OP', /expected one from 13 to 18, got 12/],
    ['an opset that is too new', { opset: 99 }, 'UNSUPPORTED_OP', /expected one from 13 to 18, got 99/],
  ])('refuses %s', (_, options, code, message) => {
    expect(() => exportOnnx(({ x }) => ({ y: tf.neg(x) }), { inputs, ...options })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    )
  })

  it.each([
    [0, '0'],
    [2.5, '2.5'],
    ['', '""'],
  ])('refuses the dimension %j', (size, got) => {
    expect(() => exportOnnx(({ x }) => ({ y: tf.neg(x) }), { inputs: { x: { shape: [size, 4], dtype: 'float32' } } })).toThrow(
      `input x: expected dimensions that are positive whole numbers or names, got ${got}.`,
    )
  })

  it('refuses a function without outputs', () => {
    expect(() => exportOnnx(() => ({}), { inputs })).toThrow('expected at least one output, got none')
  })
})
