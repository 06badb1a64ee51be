import { describe, expect, it } from 'vitest'
import { bytes16, control, f32, f32x4, f64x2, i32, i32x4, instantiate, local, ModuleBuilder, v128, webAssembly } from '../src/index.js'

const memoryOf = () => {
  const memory = new webAssembly.Memory({ initial: 1, maximum: 1 })
  return { memory, floats: new Float32Array(memory.buffer), bytes: new Uint8Array(memory.buffer) }
}

describe('a module', () => {
  it('loads, computes and stores at parameters plus offsets', () => {
    const { memory, floats } = memoryOf()
    floats.set([0, 2.5, 4])
    const module = new ModuleBuilder(1)
    module.emit(local.get(0), local.get(0), f32.load(0), local.get(0), f32.load(4), f32.arithmetic('mul'), f32.store(400))
    instantiate(module.encode(), { memory })(4)
    expect(floats[101]).toBe(10)
  })

  it('works on a memory that threads share, and on none other where it was encoded for that', () => {
    const module = new ModuleBuilder(1)
    module.emit(local.get(0), f32.constant(1.5), f32.store(0))
    const shared = new webAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })
    instantiate(module.encode({ isShared: true }), { memory: shared })(8)
    expect(new Float32Array(shared.buffer)[2]).toBe(1.5)
    expect(() => instantiate(module.encode(), { memory: shared })).toThrow(/shared/)
    expect(() => instantiate(module.encode({ isShared: true }), { memory: memoryOf().memory })).toThrow(/shared/)
  })

  it.each([
    ['abs', (a: number) => Math.abs(a)],
    ['neg', (a: number) => -a],
    ['sqrt', (a: number) => Math.fround(Math.sqrt(a))],
    ['add', (a: number, b: number) => a + b],
    ['sub', (a: number, b: number) => a - b],
    ['mul', (a: number, b: number) => a * b],
    ['div', (a: number, b: number) => a / b],
    ['min', (a: number, b: number) => Math.min(a, b)],
    ['max', (a: number, b: number) => Math.max(a, b)],
  ] as const)('computes %s on one float and on four', (name, expected) => {
    const { memory, floats } = memoryOf()
    const [a, b] = [
      [1.5, -2, 0.1, Number.NaN],
      [3, 0.7, -0.1, 1],
    ]
    floats.set([...a, ...b])
    const module = new ModuleBuilder()
    const operands = expected.length === 1 ? [0] : [0, 16]
    module.emit(i32.constant(0), ...operands.flatMap((at) => [i32.constant(0), f32.load(at)]), f32.arithmetic(name), f32.store(64))
    module.emit(i32.constant(0), ...operands.flatMap((at) => [i32.constant(0), f32x4.load(at)]), f32x4.arithmetic(name), f32x4.store(128))
    instantiate(module.encode(), { memory })()
    const results = a.map((value, index) => Math.fround(expected(Math.fround(value), Math.fround(b[index] ?? 0))))
    expect(floats[16]).toBe(results[0])
    expect([...floats.slice(32, 36)]).toEqual(results)
  })

  it('calls functions of JavaScript in float64, each imported once', () => {
    const { memory, floats } = memoryOf()
    floats.set([2, 10])
    const module = new ModuleBuilder()
    const pow = () => control.call(module.import({ name: 'pow', parameters: 2 }))
    const load = (at: number) => [i32.constant(0), f32.load(at), f32.promote]
    module.emit(i32.constant(0), ...load(0), ...load(0), ...load(4), pow(), pow(), f32.demote, f32.store(8))
    instantiate(module.encode(), { memory, pow: Math.pow })()
    expect(floats[2]).toBe(Number.POSITIVE_INFINITY)
    floats.set([1.5, 3])
    instantiate(module.encode(), { memory, pow: Math.pow })()
    expect(floats[2]).toBe(Math.fround(1.5 ** (1.5 ** 3)))
  })

  it('loops over locals of every type, and encodes numbers of every length', () => {
    const { memory, floats } = memoryOf()
    const module = new ModuleBuilder()
    const [position, step, vector] = [module.local('i32'), module.local('f32'), module.local('v128')]
    module.emit(f32.constant(0.1), local.set(step), control.loop)
    module.emit(
      local.get(position),
      local.get(step),
      f32x4.splat,
      local.tee(vector),
      local.get(vector),
      f32x4.arithmetic('add'),
      f32x4.store(30_000),
    )
    module.emit(
      local.get(position),
      i32.constant(16),
      i32.add,
      local.tee(position),
      i32.constant(20_000),
      i32.lessThan,
      control.repeatIf,
      control.end,
    )
    module.emit(i32.constant(65_532), i32.constant(-70_000), i32.constant(70_000), i32.add, f32.load(0), f32.store(0))
    floats[0] = 7
    instantiate(module.encode(), { memory })()
    expect(new Set(floats.slice(7500, 12_500))).toEqual(new Set([Math.fround(Math.fround(0.1) * 2)]))
    expect([floats[7499], floats[12_500], floats.at(-1)]).toEqual([0, 0, 7])
  })

  it.each([
    ['add', i32x4.add, (a: number, b: number) => a + b],
    ['sub', i32x4.sub, (a: number, b: number) => a - b],
    ['less than', i32x4.lessThanSigned, (a: number, b: number) => (a < b ? -1 : 0)],
    ['equal', i32x4.equal, (a: number, b: number) => (a === b ? -1 : 0)],
    ['and', v128.and, (a: number, b: number) => a & b],
    ['and not', v128.andNot, (a: number, b: number) => a & ~b],
    ['or', v128.or, (a: number, b: number) => a | b],
    ['xor', v128.xor, (a: number, b: number) => a ^ b],
    ['pick', v128.pick(3, 6, 0, 5), undefined],
  ] as const)('computes %s on four 32-bit integers', (_, instruction, expected) => {
    const { memory } = memoryOf()
    const integers = new Int32Array(memory.buffer)
    const [a, b] = [
      [5, -7, 2 ** 31 - 1, 12],
      [5, 3, 9, -(2 ** 31)],
    ] as const
    integers.set([...a, ...b])
    const module = new ModuleBuilder()
    module.emit(i32.constant(64), i32.constant(0), v128.load(0), i32.constant(0), v128.load(16), instruction, v128.store(0))
    instantiate(module.encode(), { memory })()
    expect([...integers.slice(16, 20)]).toEqual(expected ? a.map((x, lane) => expected(x, b[lane] ?? 0) | 0) : [a[3], b[2], a[0], b[1]])
  })

  it('shifts, selects, multiplies to 64 bits and converts vectors', () => {
    const { memory, floats } = memoryOf()
    const integers = new Int32Array(memory.buffer)
    const given = [-2, 7, 2 ** 31 - 1, -(2 ** 31)] as const
    integers.set(given)
    const module = new ModuleBuilder()
    const first = [i32.constant(0), v128.load(0)]
    const results: readonly (readonly (readonly number[])[])[] = [
      [...first, i32.constant(3), i32x4.shiftLeft],
      [...first, i32.constant(3), i32x4.shiftRightSigned],
      [...first, i32.constant(3), i32x4.shiftRightUnsigned],
      [...first, i32x4.splatConstant(99), ...first, v128.select],
      [...first, i32x4.splatConstant(-3), i32x4.multiplyWide('low')],
      [...first, i32x4.splatConstant(-3), i32x4.multiplyWide('high')],
      [...first, i32x4.toFloat],
      [...first, f64x2.fromLowIntegers, f64x2.splatConstant(0.1), f64x2.mul, f64x2.splatConstant(0.7), f64x2.add, f64x2.demote],
      [...first, i32x4.toFloat, f32x4.splatConstant(6.5), f32x4.lessThan],
      [...first, i32x4.toFloat, f32x4.splatConstant(6.5), f32x4.pseudoMin],
      [...first, i32x4.toFloat, f32x4.splatConstant(6.5), f32x4.pseudoMax],
    ]
    results.forEach((result, index) => {
      module.emit(i32.constant(0), ...result, v128.store(64 + 16 * index))
    })
    instantiate(module.encode(), { memory })()
    const vector = (index: number) => [...integers.slice(16 + 4 * index, 20 + 4 * index)]
    const floatVector = (index: number) => [...floats.slice(16 + 4 * index, 20 + 4 * index)]
    expect(vector(0)).toEqual(given.map((x) => x << 3))
    expect(vector(1)).toEqual(given.map((x) => x >> 3))
    expect(vector(2)).toEqual(given.map((x) => (x >>> 3) | 0))
    expect(vector(3)).toEqual(given.map((x) => x | (~x & 99)))
    const products = given.map((x) => BigInt(x >>> 0) * 0xfffffffdn)
    expect([...new BigUint64Array(memory.buffer, 128, 4)]).toEqual(products)
    expect(floatVector(6)).toEqual(given.map(Math.fround))
    expect(floatVector(7)).toEqual([Math.fround(-2 * 0.1 + 0.7), Math.fround(7 * 0.1 + 0.7), 0, 0])
    expect(vector(8)).toEqual([-1, 0, 0, -1])
    expect(floatVector(9)).toEqual(given.map((x) => Math.min(Math.fround(x), 6.5)))
    expect(floatVector(10)).toEqual(given.map((x) => Math.max(Math.fround(x), 6.5)))
  })

  it('widens unsigned bytes to floats', () => {
    const { memory, floats, bytes } = memoryOf()
    const values = Uint8Array.from({ length: 16 }, (_, index) => 255 - 15 * index)
    bytes.set(values)
    const module = new ModuleBuilder()
    const halves = ['low', 'high'] as const
    for (const [outer, half] of halves.entries()) {
      for (const [inner, quarter] of halves.entries()) {
        module.emit(i32.constant(0), i32.constant(0), bytes16.load(0), bytes16.extend(half), bytes16.extendAgain(quarter), i32x4.toFloat)
        module.emit(f32x4.store(64 + 16 * (2 * outer + inner)))
      }
    }
    instantiate(module.encode(), { memory })()
    expect([...floats.slice(16, 32)]).toEqual([...values])
  })
})
