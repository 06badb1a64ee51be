import type { PartKey } from '@hourglass/autoencoders'
import type { AnalysisFigure } from './AnalysisFigure'
import { clusters } from './figures/clusters'
import { codeLine } from './figures/codeLine'
import { denoising } from './figures/denoising'
import { exampleErrors } from './figures/exampleErrors'
import { generalization } from './figures/generalization'
import { inpainting } from './figures/inpainting'
import { jacobianSpectra } from './figures/jacobianSpectra'
import { principalAxes } from './figures/principalAxes'
import { principalPlane } from './figures/principalPlane'
import { rateDistortion } from './figures/rateDistortion'
import { stepResponse } from './figures/stepResponse'
import { tangents } from './figures/tangents'

/** Figures of what is measured of subjects, which are no parts of their own. */
type SubjectFigure = 'denoising' | 'generalization'

/** What a run's page draws of each part of its analysis, in order; null for what it tells elsewhere. */
export const analysisFigures: Readonly<Record<PartKey | SubjectFigure, AnalysisFigure | null>> = {
  denoising,
  generalization,
  exampleErrors,
  rateDistortion,
  inpainting,
  tangents,
  principalAxes,
  principalPlane,
  codeLine,
  clusters,
  // Sentences below the table of measurements.
  subspaceAngles: null,
  fineTuning: null,
  jacobianSpectra,
  stepResponse,
  // An experiment's verdicts tell them.
  vectorField: null,
  storedExamples: null,
  // The prior's section shows the units of every epoch.
  codeUnits: null,
}
