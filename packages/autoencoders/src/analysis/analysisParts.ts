import type { AnalysisPart } from './AnalysisPart.js'
import { clusters } from './parts/clusters.js'
import { codeLine } from './parts/codeLine.js'
import { codeUnits } from './parts/codeUnits.js'
import { exampleErrors } from './parts/exampleErrors.js'
import { fineTuning } from './parts/fineTuning.js'
import { inpainting } from './parts/inpainting.js'
import { jacobianSpectra } from './parts/jacobianSpectra.js'
import { principalAxes } from './parts/principalAxes.js'
import { principalPlane } from './parts/principalPlane.js'
import { rateDistortion } from './parts/rateDistortion.js'
import { stepResponse } from './parts/stepResponse.js'
import { storedExamples } from './parts/storedExamples.js'
import { subspaceAngles } from './parts/subspaceAngles.js'
import { tangents } from './parts/tangents.js'
import { vectorField } from './parts/vectorField.js'

/** The parts of an analysis, in the order in which they are measured and told. */
export const analysisParts = {
  exampleErrors,
  rateDistortion,
  inpainting,
  tangents,
  subspaceAngles,
  jacobianSpectra,
  codeUnits,
  fineTuning,
  vectorField,
  stepResponse,
  storedExamples,
  principalAxes,
  principalPlane,
  codeLine,
  clusters,
} as const satisfies Readonly<Record<string, AnalysisPart>>

/** The name of a part. */
export type PartKey = keyof typeof analysisParts

type FigureOf<Key extends PartKey> = NonNullable<(typeof analysisParts)[Key]['figure']>

/** The name of a part that experiments have a figure of. */
export type FigurePart = { [Key in PartKey]: [FigureOf<Key>] extends [never] ? never : Key }[PartKey]

const parts: Readonly<Record<PartKey, AnalysisPart>> = analysisParts
const described = Object.entries(parts).flatMap(([key, { figure }]) => (figure === undefined ? [] : [[key, figure]]))

/** What the figures of experiments show of those parts. */
export const partFigures = Object.fromEntries(described) as Readonly<Record<FigurePart, string>>
