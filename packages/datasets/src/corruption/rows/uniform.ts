import { emitUniform } from '@hourglass/random'
import { f32x4 } from '@hourglass/wasm'
import { addedNoise, LARGEST_SIZE, requireSize } from './addedNoise.js'
import { corruptionRow } from './CorruptionRow.js'

/** x̃ = x + U(-a, a), not clipped; a in the unit of the values. */
export const uniform = corruptionRow({
  ...addedNoise,
  title: 'Uniform',
  description: 'Uniform noise is added to or taken from every value, as in the chapter.',
  level: {
    name: 'amplitude',
    title: 'Amplitude',
    description: 'The noise lies between minus and plus this; pixels go from 0 to 1.',
    words: 'amplitude',
    default: 0.5,
    maximum: LARGEST_SIZE,
    scale: 'log',
    mostOffered: 1,
  },
  describe: (amplitude) => `uniform, ±${amplitude}`,
  reach: (amplitude) => amplitude,
  normalDeviation: () => null,
  disturb: (amplitude) => ({
    domain: 'bits',
    emit: (kernel, words, values) => {
      const high = requireSize('amplitude', amplitude)
      emitUniform(kernel, words, { low: -high, high })
      kernel.emit(...values, f32x4.arithmetic('add'))
    },
  }),
})
