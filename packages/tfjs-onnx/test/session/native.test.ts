import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/index.js'
import { createSession } from '../../src/session/createSession.js'
import { tf } from '../eager.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const inputs = { x: { shape: [2], dtype: 'float32' } } as const

describe('the native library, called through its C interface', () => {
  it('reads short arrays where they are, also after the garbage collector moved what it moves', async () => {
    const doubled = await compile(({ x }) => ({ y: tf.mul(x, 2), sum: tf.sum(x) }), { inputs })
    expect(doubled.runtime).toBe('native')
    const x = Float32Array.of(1, 2)
    for (let round = 1; round <= 200; round++) {
      x[0] = round
      if (round % 20 === 0) collectGarbage()
      // What is young is moved to where others lay.
      const others = Array.from({ length: 100 }, () => Float32Array.of(-1, -1))
      expect(await doubled.run({ x })).toEqual({ y: Float32Array.of(2 * round, 4), sum: Float32Array.of(round + 2) })
      expect(others).toHaveLength(100)
    }
    await doubled.dispose()
  })

  it('runs on whatever array each run is given', async () => {
    const doubled = await compile(({ x }) => ({ y: tf.mul(x, 2) }), { inputs })
    const part = new Float32Array([9, 1, 2, 9]).subarray(1, 3)
    expect(await doubled.run({ x: part })).toEqual({ y: Float32Array.of(2, 4) })
    const shared = new Float32Array(new SharedArrayBuffer(8))
    shared.set([3, 4])
    expect(await doubled.run({ x: shared })).toEqual({ y: Float32Array.of(6, 8) })
    // A buffer that was transferred leaves an array of no values behind.
    const gone = Float32Array.of(5, 6)
    expect(await doubled.run({ x: gone })).toEqual({ y: Float32Array.of(10, 12) })
    structuredClone(gone, { transfer: [gone.buffer] })
    await expect(doubled.run({ x: gone })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await doubled.dispose()
  })

  it('computes on tensors without values', async () => {
    const doubled = await compile(({ x }) => ({ y: tf.sum(tf.mul(x, 2)) }), { inputs: { x: { shape: [0, 3], dtype: 'float32' } } })
    expect(await doubled.run({ x: new Float32Array(0) })).toEqual({ y: Float32Array.of(0) })
    await doubled.dispose()
  })

  it('leaves timers and messages their turns between steps', async () => {
    const doubled = await compile(({ x }) => ({ y: tf.mul(x, 2) }), { inputs })
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    const until = performance.now() + 1_000
    while (performance.now() < until && turns < 10) await doubled.run({ x: Float32Array.of(1, 2) })
    clearInterval(timer)
    expect(turns).toBe(10)
    await doubled.dispose()
  })

  it('says what the library says of a model that it refuses', async () => {
    await expect(createSession(Uint8Array.of(1, 2, 3), { threads: 1, spinning: false })).rejects.toMatchObject({
      code: 'INVALID_GRAPH',
      message: expect.stringMatching(/^ONNX Runtime: expected to load the model, got .*Protobuf/i),
    })
  })

  it('is called through onnxruntime-node where koffi is not installed, which is said', () => {
    const hooks = `export async function resolve(name, context, next) {
      if (name === 'koffi') throw new Error('no koffi here')
      return next(name, context)
    }`
    const register = `import { register } from 'node:module'; register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hooks))})`
    const program = `import { findOnnxRuntime } from ${JSON.stringify(fileURLToPath(new URL('../../dist/index.js', import.meta.url)))}
      process.stdout.write(JSON.stringify(await findOnnxRuntime()))`
    const { HOURGLASS_ONNX_RUNTIME, ...env } = process.env
    const output = execFileSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(register)}`, '--input-type=module', '--eval', program],
      { env, encoding: 'utf8' },
    )
    expect(JSON.parse(output)).toEqual({
      runtime: 'node',
      reason: 'the native library is called through onnxruntime-node: no koffi here',
    })
  })
})
