import { type Disturbance, emitScaled, emitSteps, emitUniform, UNIFORM_STEPS } from '@hourglass/random'
import { f32x4, i32x4, type KernelBuilder, local, v128 } from '@hourglass/wasm'
import { DatasetError } from '../DatasetError.js'
import type { Corruption, CorruptionKind } from './Corruption.js'

type DisturbanceOf<Kind extends CorruptionKind> = (corruption: Extract<Corruption, { kind: Kind }>) => Disturbance

const disturbances: { readonly [Kind in CorruptionKind]: DisturbanceOf<Kind> } = {
  masking: ({ probability }) => ({
    domain: 'bits',
    emit: (kernel, words, values) => {
      kernel.emit(...values)
      emitSteps(kernel, words)
      emitBelow(kernel, requireProbability(probability))
      kernel.emit(v128.andNot)
    },
  }),
  gaussian: ({ standardDeviation }) => ({
    domain: 'normal',
    emit: (kernel, normals, values) => {
      emitScaled(kernel, normals, requireSize('standardDeviation', standardDeviation))
      kernel.emit(...values, f32x4.arithmetic('add'))
    },
  }),
  uniform: ({ amplitude }) => ({
    domain: 'bits',
    emit: (kernel, words, values) => {
      const high = requireSize('amplitude', amplitude)
      emitUniform(kernel, words, { low: -high, high })
      kernel.emit(...values, f32x4.arithmetic('add'))
    },
  }),
  saltAndPepper: ({ probability }) => ({
    domain: 'bits',
    emit: (kernel, words, values) => {
      const all = requireProbability(probability)
      emitSteps(kernel, words)
      const steps = kernel.keep()
      kernel.emit(kernel.f32(1), local.get(steps))
      emitBelow(kernel, all / 2)
      kernel.emit(v128.andNot, ...values, local.get(steps))
      emitBelow(kernel, all)
      kernel.emit(v128.select)
    },
  }),
}

/** Tells how a corruption is computed; throws DatasetError INVALID_ARGUMENT for a kind that there is not. */
export function toDisturbance(corruption: Corruption): Disturbance {
  const disturbance = disturbances[corruption.kind] as DisturbanceOf<CorruptionKind> | undefined
  if (disturbance) return disturbance(corruption as never)
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'kind of corruption',
    expected: `one of ${Object.keys(disturbances).join(', ')}`,
    found: String(corruption.kind),
    advice: 'Choose a corruption by one of these names.',
  })
}

/** Makes, of the steps on the stack, a mask of ones where the uniform draw step / 2²⁴ is below a probability. */
function emitBelow(kernel: KernelBuilder, probability: number): void {
  kernel.emit(kernel.i32(Math.ceil(probability * UNIFORM_STEPS)), i32x4.lessThanSigned)
}

function requireProbability(probability: number): number {
  if (probability >= 0 && probability <= 1) return probability
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'probability',
    expected: 'a number from 0 to 1',
    found: String(probability),
    advice: 'Pass the share of the values that is to be changed.',
  })
}

function requireSize(subject: string, size: number): number {
  if (size >= 0 && size < Infinity) return size
  throw new DatasetError('INVALID_ARGUMENT', {
    subject,
    expected: 'a finite number from 0',
    found: String(size),
    advice: 'Pixels lie from 0 to 1: a size of 1 hides most of an image.',
  })
}
