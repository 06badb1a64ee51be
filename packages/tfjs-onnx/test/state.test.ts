import { afterEach, describe, expect, it } from 'vitest'
import { CompileError, compile, createState } from '../src/index.js'
import { tf } from './eager.js'

afterEach(() => {
  tf.disposeVariables()
})

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof CompileError) return error.code
    throw error
  }
  return 'no error'
}

async function rejectionOf(promise: Promise<unknown>): Promise<CompileError> {
  return promise.then(
    () => {
      throw new Error('it was fulfilled')
    },
    (error: unknown) => error as CompileError,
  )
}

const x = { shape: [2], dtype: 'float32' } as const

/** A counter: each run adds x and returns the sum before. */
async function makeCounter() {
  const total = tf.variable(tf.tensor1d([1, 2]))
  const state = createState({ total })
  const add = await compile(
    (inputs) => {
      const before = tf.mul(total, 1)
      total.assign(tf.add(total, inputs.x))
      return { before }
    },
    { state, inputs: { x } },
  )
  return { total, state, add }
}

describe('a state', () => {
  it('starts from the values the variables have, and is its own afterwards', () => {
    const variable = tf.variable(tf.tensor1d([1, 2]))
    const state = createState({ weights: variable })
    variable.assign(tf.tensor1d([5, 6]))
    expect(state.names).toEqual(['weights'])
    expect(Array.from(state.read('weights'))).toEqual([1, 2])
  })

  it('copies what is read, written, taken and restored', () => {
    const state = createState({ weights: tf.variable(tf.tensor1d([1, 2])) })
    state.read('weights').fill(9)
    const values = Float32Array.of(3, 4)
    state.write('weights', values)
    values.fill(9)
    const snapshot = state.snapshot()
    state.write('weights', [0, 0])
    expect(snapshot).toEqual({ weights: { shape: [2], values: Float32Array.of(3, 4) } })
    state.restore(snapshot)
    snapshot.weights?.values.fill(9)
    expect(Array.from(state.read('weights'))).toEqual([3, 4])
  })

  it('rejects names, lengths and snapshots that do not fit, and changes nothing', () => {
    const state = createState({ a: tf.variable(tf.tensor1d([1, 2])), b: tf.variable(tf.scalar(3)) })
    const before = state.snapshot()
    expect(codeOf(() => state.read('c'))).toBe('INVALID_STATE')
    expect(codeOf(() => state.write('a', [1]))).toBe('INVALID_STATE')
    expect(codeOf(() => state.restore({ a: { shape: [2], values: Float32Array.of(7, 7) } }))).toBe('INVALID_STATE')
    expect(codeOf(() => state.restore({ ...before, c: { shape: [], values: Float32Array.of(7) } }))).toBe('INVALID_STATE')
    expect(codeOf(() => state.restore({ ...before, a: { shape: [1, 2], values: Float32Array.of(7, 7) } }))).toBe('INVALID_STATE')
    expect(state.snapshot()).toEqual(before)
  })

  it('rejects the same variable under two names, and types other than float32', () => {
    const variable = tf.variable(tf.scalar(1))
    expect(codeOf(() => createState({ a: variable, b: variable }))).toBe('INVALID_STATE')
    expect(codeOf(() => createState({ count: tf.variable(tf.scalar(1, 'int32')) }))).toBe('UNSUPPORTED_DTYPE')
  })
})

describe('a run', () => {
  it('reads the state, returns outputs, and writes the state', async () => {
    const { add, state, total } = await makeCounter()
    expect(await add.run({ x: Float32Array.of(10, 20) })).toEqual({ before: Float32Array.of(1, 2) })
    expect(await add.run({ x: Float32Array.of(10, 20) })).toEqual({ before: Float32Array.of(11, 22) })
    expect(Array.from(state.read('total'))).toEqual([21, 42])
    state.write('total', [0, 0])
    expect(await add.run({ x: Float32Array.of(1, 1) })).toEqual({ before: Float32Array.of(0, 0) })
    expect(Array.from(total.dataSync())).toEqual([1, 2])
    await add.dispose()
  })

  it('returns arrays that later runs leave alone', async () => {
    const { add } = await makeCounter()
    const first = await add.run({ x: Float32Array.of(1, 1) })
    await add.run({ x: Float32Array.of(1, 1) })
    expect(first.before).toEqual(Float32Array.of(1, 2))
    await add.dispose()
  })

  it('names inputs that are missing, unknown, too long or of another type', async () => {
    const { add, state } = await makeCounter()
    const run = add.run as (inputs: Record<string, unknown>) => Promise<unknown>
    const before = state.snapshot()
    for (const [inputs, message] of [
      [{}, 'input x: expected 2 values, got none'],
      [{ x: Float32Array.of(1, 2), y: Float32Array.of(1) }, 'input y'],
      [{ x: Float32Array.of(1, 2, 3) }, '2 values for [2], got 3'],
      [{ x: Float64Array.of(1, 2) }, 'a Float32Array'],
      [{ x: [1, 2] }, 'a Float32Array'],
    ] as const) {
      const error = await rejectionOf(run(inputs))
      expect(error.code).toBe('INVALID_INPUT')
      expect(error.message).toContain(message)
    }
    expect(state.snapshot()).toEqual(before)
    await add.dispose()
  })

  it('is refused while another one uses the state, as is writing to it', async () => {
    const { add, state } = await makeCounter()
    const first = add.run({ x: Float32Array.of(1, 1) })
    // A step as small as this may be over as soon as anything is awaited.
    const second = rejectionOf(add.run({ x: Float32Array.of(1, 1) }))
    expect(codeOf(() => state.write('total', [0, 0]))).toBe('RUN_IN_PROGRESS')
    expect(codeOf(() => state.restore(state.snapshot()))).toBe('RUN_IN_PROGRESS')
    expect((await second).code).toBe('RUN_IN_PROGRESS')
    await first
    expect(Array.from(state.read('total'))).toEqual([2, 3])
    await add.dispose()
  })

  it('ends before dispose frees what it uses', async () => {
    const { add, state } = await makeCounter()
    const running = add.run({ x: Float32Array.of(1, 1) })
    await add.dispose()
    await running
    expect(Array.from(state.read('total'))).toEqual([2, 3])
  })

  it('keeps what it works on while another function is compiled for the state', async () => {
    const [total, large] = [tf.variable(tf.zeros([2])), tf.variable(tf.zeros([1_000_000]))]
    const state = createState({ total, large })
    const add = await compile(
      (inputs) => {
        total.assign(tf.add(total, tf.cumsum(inputs.x)))
        return { sum: tf.sum(total) }
      },
      { state, inputs: { x } },
    )
    const { buffer } = state.arena
    const running = add.run({ x: Float32Array.of(1, 2) })
    const compiling = compile(
      (inputs) => {
        large.assign(tf.add(large, inputs.y))
        return {}
      },
      { state, inputs: { y: { shape: [1_000_000], dtype: 'float32' } } },
    )
    expect(await running).toEqual({ sum: Float32Array.of(4) })
    const fill = await compiling
    expect(state.arena.buffer).not.toBe(buffer)
    await add.run({ x: Float32Array.of(1, 2) })
    await fill.run({ y: new Float32Array(1_000_000).fill(5) })
    expect(Array.from(state.read('total'))).toEqual([2, 6])
    expect(state.read('large').every((value) => value === 5)).toBe(true)
    await Promise.all([add.dispose(), fill.dispose()])
  })

  it('names an input that it knows from the run before and that has become shorter', async () => {
    const total = tf.variable(tf.zeros([2]))
    const state = createState({ total })
    const add = await compile(
      (inputs) => {
        total.assign(tf.add(total, inputs.x))
        return {}
      },
      { state, inputs: { x } },
    )
    const values = Float32Array.of(1, 2)
    await add.run({ x: values })
    structuredClone(values.buffer, { transfer: [values.buffer] })
    const error = await rejectionOf(add.run({ x: values }))
    expect(error.code).toBe('INVALID_INPUT')
    expect(error.message).toContain('2 values for [2], got 0')
    expect(Array.from(state.read('total'))).toEqual([1, 2])
    await add.dispose()
  })

  it('is refused after dispose, which may be called twice', async () => {
    const { add } = await makeCounter()
    await add.dispose()
    await add.dispose()
    expect((await rejectionOf(add.run({ x: Float32Array.of(1, 1) }))).code).toBe('DISPOSED')
  })
})

describe('inputs and outputs', () => {
  it('may be inputs, constants, states and the same value twice', async () => {
    const variable = tf.variable(tf.scalar(7))
    const compiled = await compile((inputs) => ({ x: inputs.x, again: inputs.x, constant: tf.scalar(3), state: variable }), {
      state: createState({ variable }),
      inputs: { x },
    })
    expect(await compiled.run({ x: Float32Array.of(1, 2) })).toEqual({
      x: Float32Array.of(1, 2),
      again: Float32Array.of(1, 2),
      constant: Float32Array.of(3),
      state: Float32Array.of(7),
    })
    await compiled.dispose()
  })

  it('may be int32 and bool on the way in', async () => {
    const compiled = await compile(({ count, mask }) => ({ y: tf.where(mask, tf.cast(tf.add(count, 1), 'float32'), tf.zeros([3])) }), {
      inputs: { count: { shape: [3], dtype: 'int32' }, mask: { shape: [3], dtype: 'bool' } },
    })
    const { y } = await compiled.run({ count: Int32Array.of(1, -5, 2 ** 24), mask: Uint8Array.of(1, 1, 0) })
    expect(Array.from(y)).toEqual([2, -4, 0])
    await compiled.dispose()
  })

  it('may swap two states', async () => {
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(2))]
    const state = createState({ a, b })
    const swap = await compile(
      () => {
        const before = tf.clone(a)
        a.assign(b)
        b.assign(before)
        return {}
      },
      { state, inputs: {} },
    )
    await swap.run({})
    expect([state.read('a')[0], state.read('b')[0]]).toEqual([2, 1])
    await swap.dispose()
  })
})

describe('compiling for a state', () => {
  it('gives back what it took where the memory does not suffice', async () => {
    const total = tf.variable(tf.zeros([1000]))
    const state = createState({ total })
    const room = state.arena.allocate(1024)
    const lengths = Array.from({ length: 26 }, (_, index) => 2 ** (29 - index))
    for (const length of lengths) codeOf(() => state.arena.allocate(length))
    state.arena.free(room)
    const rejected = compile(
      ({ a, b }) => {
        total.assign(tf.add(tf.add(total, a), b))
        return {}
      },
      { state, inputs: { a: { shape: [1000], dtype: 'float32' }, b: { shape: [1000], dtype: 'float32' } } },
    )
    expect((await rejectionOf(rejected)).code).toBe('OUT_OF_MEMORY')
    expect(state.arena.allocate(1024).offset).toBe(room.offset)
  })
})
