import { afterAll, describe, expect, it } from 'vitest'
import { CompileError, type CompileErrorCode, compile, createState, exportOnnx } from '../src/index.js'
import { tf } from './eager.js'

const x = { shape: [2, 3], dtype: 'float32' } as const
const identity = (inputs: { x: tf.Tensor }) => ({ y: tf.neg(inputs.x) })

/** What JavaScript can call, whatever the types say. */
const compileAnything = compile as unknown as (...given: readonly unknown[]) => Promise<{ run(values: unknown): Promise<unknown> }>
const exportAnything = exportOnnx as unknown as (...given: readonly unknown[]) => Uint8Array
const stateOfAnything = createState as unknown as (...given: readonly unknown[]) => unknown

const variable = tf.variable(tf.zeros([2]))
const whole = tf.variable(tf.tensor1d([1], 'int32'))
const disposed = tf.variable(tf.zeros([2]))
disposed.dispose()
const tensor = tf.zeros([2])
afterAll(() => tf.dispose([variable, whole, tensor]))

async function errorOf(call: () => unknown): Promise<CompileError> {
  try {
    await call()
  } catch (error) {
    if (error instanceof CompileError) return error
    throw error
  }
  throw new Error('did not throw')
}

const runWith = async (values: unknown) => (await compileAnything(identity, { inputs: { x } })).run(values)

describe('a bad call is told what was expected, what came and what to do', () => {
  it.each([
    ['no function', () => compileAnything(null, { inputs: { x } }), 'INVALID_FUNCTION', 'got null. Call compile('],
    ['no options', () => compileAnything(identity), 'INVALID_OPTION', 'options with inputs, a record of shapes and dtypes, got undefined'],
    ['no inputs', () => compileAnything(identity, {}), 'INVALID_OPTION', 'got inputs that are undefined. Say { inputs: {} }'],
    ['no threads', () => compileAnything(identity, { inputs: { x }, threads: -1 }), 'INVALID_OPTION', 'a whole number from 1, got -1'],
    ['half a thread', () => compileAnything(identity, { inputs: { x }, threads: 2.5 }), 'INVALID_OPTION', 'got 2.5'],
    [
      'a record of variables as state',
      () => compileAnything(identity, { inputs: { x }, state: { variable } }),
      'INVALID_STATE',
      'createState',
    ],
    [
      'an open size',
      () => compileAnything(identity, { inputs: { x: { ...x, shape: [null, 3] } } }),
      'INVALID_INPUT',
      'got [null, 3]. What is compiled has one shape',
    ],
    ['a negative size', () => compileAnything(identity, { inputs: { x: { ...x, shape: [-1, 3] } } }), 'INVALID_INPUT', 'got [-1, 3]'],
    ['no shape', () => compileAnything(identity, { inputs: { x: { dtype: 'float32' } } }), 'INVALID_INPUT', 'got undefined'],
    [
      'a dtype of other libraries',
      () => compileAnything(identity, { inputs: { x: { ...x, dtype: 'float64' } } }),
      'INVALID_INPUT',
      'got float64',
    ],
    [
      'no dtype',
      () => compileAnything(identity, { inputs: { x: { shape: [2] } } }),
      'INVALID_INPUT',
      'float32, int32 or bool, got undefined',
    ],
    ['an export without inputs', () => exportAnything(identity, undefined), 'INVALID_OPTION', 'exportOnnx: expected options'],
    ['a run without values', () => runWith(undefined), 'INVALID_INPUT', 'a record with an array for each input, got undefined'],
    ['a run with numbers', () => runWith({ x: [1, 2, 3, 4, 5, 6] }), 'INVALID_INPUT', 'a Float32Array for float32, got [object Array]'],
    [
      'a tensor as state',
      () => stateOfAnything({ tensor }),
      'INVALID_STATE',
      'a tf.Variable, got a tensor. Make one of it with tf.variable',
    ],
    [
      'nothing as state',
      () => stateOfAnything({ nothing: undefined }),
      'INVALID_STATE',
      'state nothing: expected a tf.Variable, got undefined',
    ],
    ['a disposed variable', () => stateOfAnything({ disposed }), 'INVALID_STATE', 'one that was disposed of'],
    ['a whole number as state', () => stateOfAnything({ whole }), 'UNSUPPORTED_DTYPE', 'got int32. Keep whole numbers as float32'],
    [
      'values that are none',
      () => createState({ variable }).write('variable', undefined as never),
      'INVALID_STATE',
      '2 values, got undefined',
    ],
    ['a snapshot that is none', () => createState({ variable }).restore(undefined as never), 'INVALID_STATE', 'what snapshot returned'],
  ] as readonly (readonly [string, () => unknown, CompileErrorCode, string])[])('%s', async (_, call, code, message) => {
    const error = await errorOf(call)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })
})

describe('a traced function that goes on after it was refused', () => {
  it.each([
    ['with a promise', async (inputs: { x: tf.Tensor }) => ({ y: tf.neg(await Promise.resolve(inputs.x)) }), 'got a promise. Write'],
    ['with a promise in its record', () => ({ y: Promise.resolve().then(() => Promise.reject(new Error('late'))) }), 'y: a promise'],
    ['and reads a value', async (inputs: { x: tf.Tensor }) => tf.scalar((await inputs.x.data())[0] ?? 0), 'no value to be read'],
  ])('%s, ends no process by what it rejects with', async (_, fn, message) => {
    const late: unknown[] = []
    const listen = (reason: unknown) => late.push(reason)
    process.on('unhandledRejection', listen)
    const error = await errorOf(() => compileAnything(fn, { inputs: { x } }))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(error.message).toContain(message)
    expect(late).toEqual([])
  })
})
