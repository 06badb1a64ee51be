import { gaussian } from './rows/gaussian.js'
import { masking } from './rows/masking.js'
import { saltAndPepper } from './rows/saltAndPepper.js'
import { uniform } from './rows/uniform.js'

/** Every corruption, one a row, in the order of forms. */
export const corruptionRows = { masking, gaussian, uniform, saltAndPepper }

/** The kind that stands before anybody chooses. */
export const usualCorruption = 'gaussian' satisfies keyof typeof corruptionRows
