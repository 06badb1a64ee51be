import { f32x4, i32, i32x4, type KernelBuilder, local, v128 } from '@hourglass/wasm'
import type { BlockPair } from './emitPhilox.js'

const TWO_TO_MINUS_32 = 2 ** -32
/** The bits of the float32 nearest to the root of one half, from where mantissas run to the root of two. */
const ROOT_OF_HALF = 0x3f3504f3
const MANTISSA_BITS = 23
const EIGHTH_TURN = 0x20000000
const QUARTER_TURN = 0x40000000

// Coefficients of least greatest relative error, fitted in float64 by Lawson's reweighted least squares:
// (log((1 + s) / (1 - s)) - 2 s) / s³ in s², for |s| up to (√2 - 1) / (√2 + 1): 8e-10
const LOGARITHM = [0.6666677594184875, 0.3997754156589508, 0.29871729016304016]
// (sin t - t) / t³ and (cos t - 1 + t² / 2) / t⁴ in t², for |t| up to π / 4: 4e-9 and 1e-10
const SINE = [-0.16666655242443085, 0.008332177996635437, -0.0001951729936990887]
const COSINE = [0.04166664555668831, -0.001388736767694354, 2.4438451873720624e-5]

const add = f32x4.arithmetic('add')
const sub = f32x4.arithmetic('sub')
const mul = f32x4.arithmetic('mul')

/**
 * Emits Box and Muller's transform of a pair of blocks: the vectors of their normal draws, as CounterRandom computes them in float64, with float32
 * arithmetic that is the same on every machine (addition, multiplication, division and square root are exactly rounded).
 */
export function emitBoxMuller(kernel: KernelBuilder, { even, odd }: BlockPair): readonly [number, number] {
  const radius = emitRadius(kernel, even)
  const { cosine, sine } = emitDirection(kernel, odd)
  for (const part of [cosine, sine]) kernel.emit(local.get(part), local.get(radius), mul, local.set(part))
  kernel.emit(local.get(cosine), local.get(sine), v128.pick(0, 4, 1, 5))
  const a = kernel.keep()
  kernel.emit(local.get(cosine), local.get(sine), v128.pick(2, 6, 3, 7))
  return [a, kernel.keep()]
}

/** √(-2 log u) for u = (word + 1) / 2³². */
function emitRadius(kernel: KernelBuilder, words: number): number {
  // Above one half u has too few bits in float32 for its logarithm: there x = 1 - u is exact, below x = u.
  kernel.emit(local.get(words), i32.constant(31), i32x4.shiftRightSigned)
  const above = kernel.keep()
  kernel.emit(local.get(words), local.get(above), v128.xor, local.get(above), i32x4.add, kernel.i32(1), i32x4.add)
  // 2³¹ came out negative.
  kernel.emit(i32x4.toFloat, f32x4.arithmetic('abs'), kernel.f32(TWO_TO_MINUS_32), mul)
  const x = kernel.keep()
  kernel.emit(kernel.f32(1), local.get(x), sub, local.get(x), local.get(above), v128.select)
  // u = (1 + f) 2ᵉ with 1 + f from √½ to √2.
  kernel.emit(kernel.i32(ROOT_OF_HALF), i32x4.sub)
  const bits = kernel.keep()
  kernel.emit(local.get(bits), i32.constant(MANTISSA_BITS), i32x4.shiftRightSigned)
  const exponent = kernel.keep()
  kernel.emit(local.get(x), kernel.f32(-1), mul)
  kernel.emit(local.get(bits), kernel.i32(2 ** MANTISSA_BITS - 1), v128.and, kernel.i32(ROOT_OF_HALF), i32x4.add, kernel.f32(1), sub)
  kernel.emit(local.get(exponent), kernel.i32(0), i32x4.equal, v128.select)
  const f = kernel.keep()
  // log(1 + f) = log((1 + s) / (1 - s)) with s = f / (2 + f).
  kernel.emit(local.get(f), local.get(f), kernel.f32(2), add, f32x4.arithmetic('div'))
  const s = kernel.keep()
  kernel.emit(local.get(s), local.get(s), mul)
  const square = kernel.keep()
  kernel.emit(local.get(exponent), i32x4.toFloat, kernel.f32(-2 * Math.LN2), mul)
  emitPolynomial(kernel, square, [-4, ...LOGARITHM.map((coefficient) => -2 * coefficient)])
  kernel.emit(local.get(s), mul, add, f32x4.arithmetic('sqrt'))
  return kernel.keep()
}

/** Cosine and sine of 2π word / 2³². */
function emitDirection(kernel: KernelBuilder, words: number): { readonly cosine: number; readonly sine: number } {
  // The angle is a number of quarter turns, the top two bits, plus t within an eighth of a turn of 0.
  kernel.emit(local.get(words), kernel.i32(EIGHTH_TURN), i32x4.add)
  const turned = kernel.keep()
  kernel.emit(local.get(turned), kernel.i32(QUARTER_TURN - 1), v128.and, kernel.i32(EIGHTH_TURN), i32x4.sub)
  kernel.emit(i32x4.toFloat, kernel.f32(2 * Math.PI * TWO_TO_MINUS_32), mul)
  const t = kernel.keep()
  kernel.emit(local.get(t), local.get(t), mul)
  const square = kernel.keep()
  emitPolynomial(kernel, square, [1, ...SINE])
  kernel.emit(local.get(t), mul)
  const sine = kernel.keep()
  emitPolynomial(kernel, square, [1, -0.5, ...COSINE])
  const cosine = kernel.keep()
  // Odd quarters exchange the two.
  kernel.emit(local.get(turned), i32.constant(1), i32x4.shiftLeft, i32.constant(31), i32x4.shiftRightSigned)
  const odd = kernel.keep()
  const sign = kernel.i32(-(2 ** 31))
  kernel.emit(local.get(sine), local.get(cosine), local.get(odd), v128.select)
  kernel.emit(local.get(turned), kernel.i32(QUARTER_TURN), i32x4.add, sign, v128.and, v128.xor)
  const turnedCosine = kernel.keep()
  kernel.emit(local.get(cosine), local.get(sine), local.get(odd), v128.select)
  kernel.emit(local.get(turned), sign, v128.and, v128.xor)
  return { cosine: turnedCosine, sine: kernel.keep() }
}

/** Pushes a polynomial of a vector, coefficients from the constant one on, by Horner's rule. */
function emitPolynomial(kernel: KernelBuilder, variable: number, coefficients: readonly number[]): void {
  const [highest = 0, ...others] = coefficients.toReversed()
  kernel.emit(kernel.f32(highest))
  for (const coefficient of others) kernel.emit(local.get(variable), mul, kernel.f32(coefficient), add)
}
