import type { AnalysisPart } from './AnalysisPart.js'
import type { Analysis, PartKey } from './analysisSchema.js'
import { measureCodeUnits } from './measureCodeUnits.js'
import { measureCompression } from './measureCompression.js'
import { measureFineTuning } from './measureFineTuning.js'
import { measureGeneralization } from './measureGeneralization.js'
import { measureInpainting } from './measureInpainting.js'
import { measureCleanSubjects, measureCorruptedSubjects } from './measureSubjects.js'
import { measureSubspaceAngles } from './measureSubspaceAngles.js'
import { measureTangents } from './measureTangents.js'

/** What is measured of the model and of what it is compared with, in order. */
export const subjectParts: readonly AnalysisPart<null>[] = [measureCleanSubjects, measureCorruptedSubjects, measureGeneralization]

/** How each part of the schema is measured, in order; the context holds what several of them need. */
export const analysisParts: { readonly [Key in PartKey]: AnalysisPart<Analysis[Key]> } = {
  rateDistortion: measureCompression,
  inpainting: measureInpainting,
  tangents: measureTangents,
  subspaceAngles: measureSubspaceAngles,
  codeUnits: measureCodeUnits,
  fineTuning: measureFineTuning,
}
