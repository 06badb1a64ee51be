import { z } from 'zod'
import { MOST_TANGENT_UNITS } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { described } from '../partSchema.js'

/** Measures how far the space of an affine decoder is from that of PCA; nothing of other decoders and of long codes. */
export const subspaceAngles = analysisPart({
  schema: z
    .array(z.number())
    .nullable()
    .default(null)
    .meta(described('Principal angles between an affine decoder’s space and that of PCA, ascending; null for other decoders. Unit: rad.')),

  async measure({ model, options, testCodes }) {
    const { compareSubspaces } = await import('../compareSubspaces.js')
    if (model.latentDimension > MOST_TANGENT_UNITS) return undefined
    const angles = await compareSubspaces(model, options.principalComponents, testCodes.slice(0, 2 * model.latentDimension))
    return angles && { value: angles, subjects: { MODEL: { subspaceAngle: angles.at(-1) ?? null } } }
  },
})
