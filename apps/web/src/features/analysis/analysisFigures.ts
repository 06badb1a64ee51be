import type { FigurePart, PartKey } from '@hourglass/autoencoders'
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

/** A part that no experiment shows has its place here, if only as null. */
type Figures = Record<Exclude<PartKey, FigurePart> | SubjectFigure, AnalysisFigure | null> & Partial<Record<FigurePart, AnalysisFigure>>

/** What a run's page draws of the parts of its analysis, in order; null for what it tells elsewhere. */
export const analysisFigures: Readonly<Figures> = {
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
  // A sentence below the table of measurements, as classifiers of few labels are.
  subspaceAngles: null,
  jacobianSpectra,
  stepResponse,
  // An experiment's verdicts tell them.
  storedExamples: null,
  // The prior's section shows the units of every epoch.
  codeUnits: null,
}
