import { emitScaled } from '@hourglass/random'
import { f32x4 } from '@hourglass/wasm'
import { addedNoise, LARGEST_SIZE, requireSize } from './addedNoise.js'
import { corruptionRow } from './CorruptionRow.js'

/** Normal noise beyond so many standard deviations comes about in fewer than one of 10⁸ values. */
const MOST_DEVIATIONS = 6

/** x̃ = x + N(0, σ²), not clipped; σ in the unit of the values: 1 is from black to white. */
export const gaussian = corruptionRow({
  ...addedNoise,
  title: 'Gaussian',
  description: 'Normal noise is added to every value.',
  level: {
    name: 'standardDeviation',
    title: 'Standard deviation',
    description: 'Spread of the noise; pixels go from 0 to 1.',
    words: 'standard deviation',
    default: 0.3,
    maximum: LARGEST_SIZE,
    scale: 'log',
    mostOffered: 1,
  },
  describe: (deviation) => `Gaussian, σ = ${deviation}`,
  reach: (deviation) => MOST_DEVIATIONS * deviation,
  normalDeviation: (deviation) => deviation,
  disturb: (deviation) => ({
    domain: 'normal',
    emit: (kernel, normals, values) => {
      emitScaled(kernel, normals, requireSize('standardDeviation', deviation))
      kernel.emit(...values, f32x4.arithmetic('add'))
    },
  }),
})
