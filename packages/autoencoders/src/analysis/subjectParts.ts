import type { Measure } from './AnalysisPart.js'
import { measureCorruptedSubjects } from './measureCorrupted.js'
import { measureGeneralization } from './measureGeneralization.js'
import { measureCleanSubjects } from './measureSubjects.js'

/** What is measured of the model and of what it is compared with, in order. */
export const subjectParts: readonly Measure<null>[] = [measureCleanSubjects, measureCorruptedSubjects, measureGeneralization]
