import { z } from 'zod'
import { isAffineDecoder } from '../../architectures/isAffineDecoder.js'
import { activeUnits } from '../../metrics/activeUnits.js'
import { columnVariances } from '../../metrics/columnVariances.js'
import type { AnalysisContext } from '../AnalysisContext.js'
import { MOST_TANGENT_UNITS } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { described } from '../partSchema.js'

/** Measures how far the space of an affine decoder is from that of PCA; nothing of other decoders, which the configuration tells, and of long codes. */
export const subspaceAngles = analysisPart({
  schema: z
    .array(z.number())
    .nullable()
    .default(null)
    .meta(
      described(
        'Principal angles between an affine decoder’s space and that of PCA, ascending; null for other decoders, and where fewer directions are used, or vary in the data, than the code has units. Unit: rad.',
      ),
    ),

  async measure(context) {
    const { model, options } = context
    const { compareSubspaces } = await import('../compareSubspaces.js')
    if (model.latentDimension > MOST_TANGENT_UNITS || !isAffineDecoder(options.config.architecture)) return undefined
    const angles = usesEveryUnit(context) ? await compareSubspaces(model, options.principalComponents) : undefined
    return angles && { value: angles, subjects: { MODEL: { subspaceAngle: angles.at(-1) ?? null } } }
  },
})

/** Variance of a unit, as a share of the largest, that is told from rounding. */
const ROUNDING = 1e-9

/** Tells whether every unit of the code says something of examples: where one does not, the decoder never goes along its direction. */
function usesEveryUnit({ model, testCodes }: AnalysisContext): boolean {
  const variances = columnVariances(testCodes, model.latentDimension)
  if (model.isVariational) return activeUnits(variances, true).every(Boolean)
  const largest = Math.max(...variances)
  return largest > 0 && variances.every((variance) => variance > ROUNDING * largest)
}
