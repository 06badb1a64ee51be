import { type Bytes, f32x4, f64x2, i32, i32x4, type KernelBuilder, local, v128 } from '@hourglass/wasm'

const DISCARDED_BITS = 8
export const UNIFORM_STEPS = 2 ** 24

/** Pushes the whole numbers from 0 to 2²⁴ - 1 that uniform draws are made of: the upper 24 bits of each word. */
export function emitSteps(kernel: KernelBuilder, words: Bytes): void {
  kernel.emit(words, i32.constant(DISCARDED_BITS), i32x4.shiftRightUnsigned)
}

/** Pushes uniform draws from [low, high), with the bits of CounterRandom.fillUniform: computed in float64, rounded once. */
export function emitUniform(kernel: KernelBuilder, words: Bytes, { low, high }: { readonly low: number; readonly high: number }): void {
  emitSteps(kernel, words)
  const steps = kernel.keep()
  const scaled = [f64x2.fromLowIntegers, kernel.f64((high - low) / UNIFORM_STEPS), f64x2.mul, kernel.f64(low), f64x2.add, f64x2.demote]
  kernel.emit(local.get(steps), ...scaled)
  kernel.emit(local.get(steps), local.get(steps), v128.pick(2, 3, 2, 3), ...scaled)
  kernel.emit(v128.pick(0, 1, 4, 5))
}

/** Pushes normal draws with a standard deviation, out of standard ones. */
export function emitScaled(kernel: KernelBuilder, normals: Bytes, standardDeviation: number): void {
  kernel.emit(normals, kernel.f32(standardDeviation), f32x4.arithmetic('mul'))
}
