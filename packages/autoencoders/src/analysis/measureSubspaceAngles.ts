import type { AnalysisContext } from './AnalysisContext.js'
import { MOST_TANGENT_UNITS } from './AnalysisLimits.js'
import type { PartResult } from './AnalysisPart.js'
import { compareSubspaces } from './compareSubspaces.js'

/** Measures how far the space of an affine decoder is from that of PCA; nothing of other decoders and of long codes. */
export async function measureSubspaceAngles({ model, options, testCodes }: AnalysisContext): Promise<PartResult<number[]> | undefined> {
  if (model.latentDimension > MOST_TANGENT_UNITS) return undefined
  const angles = await compareSubspaces(model, options.principalComponents, testCodes.slice(0, 2 * model.latentDimension))
  return angles && { value: angles, subjects: { MODEL: { subspaceAngle: angles.at(-1) ?? null } } }
}
