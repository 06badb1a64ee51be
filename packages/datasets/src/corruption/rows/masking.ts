import { emitSteps } from '@hourglass/random'
import { v128 } from '@hourglass/wasm'
import { corruptionRow } from './CorruptionRow.js'
import { emitBelow, percent, probability, replacedValues, requireProbability } from './replacedValues.js'

/** x̃ = 0 with the probability, else x (Vincent et al. 2010, section 3.3). */
export const masking = corruptionRow({
  ...replacedValues,
  title: 'Zeroing',
  description: 'A random subset of the values becomes 0.',
  level: probability('Share of the values that become 0.'),
  needsPixels: false,
  describe: (share) => `${percent(share)} zeroed`,
  disturb: (share) => ({
    domain: 'bits',
    emit: (kernel, words, values) => {
      kernel.emit(...values)
      emitSteps(kernel, words)
      emitBelow(kernel, requireProbability(share))
      kernel.emit(v128.andNot)
    },
  }),
})
