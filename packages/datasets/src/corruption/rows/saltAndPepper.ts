import { emitSteps } from '@hourglass/random'
import { local, v128 } from '@hourglass/wasm'
import { corruptionRow } from './CorruptionRow.js'
import { emitBelow, percent, probability, replacedValues, requireProbability } from './replacedValues.js'

/** x̃ = 0 with half the probability, 1 with the other half, else x (Vincent et al. 2010, section 3.3). */
export const saltAndPepper = corruptionRow({
  ...replacedValues,
  title: 'Salt and pepper',
  description: 'A random subset of the values becomes 0 or 1.',
  level: probability('Share of the values that become 0 or 1, half of them each.'),
  needsPixels: true,
  describe: (share) => `salt and pepper, ${percent(share)}`,
  disturb: (share) => ({
    domain: 'bits',
    emit: (kernel, words, values) => {
      const all = requireProbability(share)
      emitSteps(kernel, words)
      const steps = kernel.keep()
      kernel.emit(kernel.f32(1), local.get(steps))
      emitBelow(kernel, all / 2)
      kernel.emit(v128.andNot, ...values, local.get(steps))
      emitBelow(kernel, all)
      kernel.emit(v128.select)
    },
  }),
})
