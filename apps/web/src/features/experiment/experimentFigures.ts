import { isAffineDecoder, isNone, latentDimensionOf, penaltyFactsOf, type RunConfig } from '@hourglass/autoencoders'
import type { ComponentType } from 'react'
import type { ExperimentFigure } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'
import { areLinePoints, arePlanePoints } from '../../files/pointView'
import type { FigureTable } from '../../ui/FigureSource'
import { featuresTable, fineTuningTable, measurementsTable, ratesTable, tangentsTable } from './analysesTables'
import { ClustersRow } from './ClustersRow'
import { CodeLineRow } from './CodeLineRow'
import { CodePlanesRow } from './CodePlanesRow'
import { CodesRow } from './CodesRow'
import { ComparisonFigure } from './ComparisonFigure'
import { CompressionRow } from './CompressionRow'
import { ContractionFigure } from './ContractionFigure'
import { CopyingRow } from './CopyingRow'
import { contractionsTable } from './contractions'
import { DenoisingRow } from './DenoisingRow'
import { experimentTable } from './experimentSource'
import { arePoints, eachRun, type FigureProps } from './FigureProps'
import { FiltersRow } from './FiltersRow'
import { FineTuningFigure } from './FineTuningFigure'
import { GeneralizationFigure } from './GeneralizationFigure'
import { InpaintingRow } from './InpaintingRow'
import { JacobianSpectraFigure } from './JacobianSpectraFigure'
import { jacobianSpectraTable } from './jacobianSpectra'
import { LearningCurvesFigure } from './LearningCurvesFigure'
import { FeaturesFigure, MeasurementsFigure } from './MeasurementsFigure'
import { PrincipalAxesFigure } from './PrincipalAxesFigure'
import { PriorRow } from './PriorRow'
import { RateDistortionFigure } from './RateDistortionFigure'
import { ReconstructionCurveRow } from './ReconstructionCurveRow'
import { ReconstructionRow } from './ReconstructionRow'
import { StepResponseFigure, stepResponseTable } from './StepResponseFigure'
import { SubspacesFigure } from './SubspacesFigure'
import { subspacesTable } from './subspaces'
import { TangentsRow } from './TangentsRow'
import { TraversalsRow } from './TraversalsRow'
import { UnitsRow } from './UnitsRow'
import type { ExperimentRun } from './useExperiment'
import { VectorFieldRow } from './VectorFieldRow'

interface FigureDescription {
  readonly title: string
  readonly note: string | ((runs: readonly ExperimentRun[]) => string)
  readonly Figure: ComponentType<FigureProps>
  /** Whether it shows anything that runs were measured with after their last epochs. */
  readonly isMeasured?: boolean
  /** Whether there is something to show of such runs. @default always */
  readonly suits?: (runs: readonly RunFacts[]) => boolean
  /** Its numbers, where its rows do not leave them themselves. */
  readonly table?: (props: FigureProps) => FigureTable
}

interface RunFacts {
  readonly config: RunConfig
  readonly exampleShape: readonly number[]
}

/** Longer codes have too many tangent directions and principal directions to look at. */
const MOST_EXPLORED_UNITS = 64
/** Of longer codes no Jacobians are decomposed. */
const MOST_DECOMPOSED_UNITS = 128

const areImages = (runs: readonly RunFacts[]) => runs.every(({ exampleShape }) => exampleShape.length > 1)
const haveShortCodes = (runs: readonly RunFacts[]) =>
  runs.some(({ config, exampleShape }) => latentDimensionOf(config.architecture, exampleShape) <= MOST_EXPLORED_UNITS)
const haveCodesOf = (units: number) => (runs: readonly RunFacts[]) =>
  runs.some(({ config, exampleShape }) => latentDimensionOf(config.architecture, exampleShape) === units)
const isAffine = ({ architecture }: RunConfig) => isAffineDecoder(architecture) && architecture.codeActivation === 'linear'
const seeTheSame = (runs: readonly RunFacts[]) =>
  new Set(runs.map(({ config: { data, corruption } }) => JSON.stringify([data, corruption]))).size === 1

/** Says how test examples and their reconstructions are drawn. */
function describeReconstructions(runs: readonly ExperimentRun[]): string {
  if (arePoints(runs)) return 'For each run the same test points, joined to where it puts them'
  const areCorrupted = runs.some(({ config }) => !isNone(readRunConfig(config).corruption))
  const between = areCorrupted ? '; between them what it sees, where that is corrupted' : ''
  return `For each run the same test examples above, and what it makes of them below${between}`
}

/** What experiments can show of their runs. */
export const experimentFigures: Readonly<Record<ExperimentFigure, FigureDescription>> = {
  RECONSTRUCTIONS: {
    title: 'Reconstructions',
    note: describeReconstructions,
    Figure: eachRun(ReconstructionRow, { areTiles: arePoints }),
    isMeasured: true,
    table: ({ runs, swept, analyses }) => experimentTable(runs, swept, analyses),
  },
  COMPARISON: {
    title: 'Side by side',
    note: 'The same test images through every run, a row each',
    Figure: ComparisonFigure,
    isMeasured: true,
    table: measurementsTable,
    suits: (runs) => areImages(runs) && seeTheSame(runs),
  },
  DENOISING: {
    title: 'Denoising',
    note: 'Corrupted test images, what each run makes of them, and what PCA, a Wiener filter and a median filter of 3 × 3 pixels make of the same',
    Figure: eachRun(DenoisingRow),
    isMeasured: true,
    table: measurementsTable,
    suits: (runs) => areImages(runs) && runs.some(({ config }) => !isNone(config.corruption)),
  },
  GENERALIZATION: {
    title: 'Training, test and noise',
    note: 'Each above its reconstruction; what was learned by heart is good on training images alone, what has learned to copy on anything',
    Figure: GeneralizationFigure,
    isMeasured: true,
    suits: areImages,
  },
  CODES: {
    title: 'Codes',
    note: 'For each run the codes of test examples over the two dimensions that vary most',
    Figure: eachRun(CodesRow, { areTiles: () => true }),
  },
  CODE_PLANES: {
    title: 'Code beside PCA',
    note: 'The same test images over both planes, and what is decoded of each place of a grid over the outlined part, within which the middle 96 % of them lie along each axis',
    Figure: eachRun(CodePlanesRow),
    isMeasured: true,
    suits: (runs) => areImages(runs) && haveCodesOf(2)(runs),
  },
  CODE_LINE: {
    title: 'Code line',
    note: 'Training images at the places of their codes, what is decoded along the line, and what lies between two of them',
    Figure: eachRun(CodeLineRow),
    isMeasured: true,
    suits: (runs) => areImages(runs) && haveCodesOf(1)(runs),
  },
  UNITS: {
    title: 'Code units',
    note: 'What each unit adds to a reconstruction as it rises by one standard deviation, on one scale; grey is nothing. Units that vary most first',
    Figure: eachRun(UnitsRow),
    suits: areImages,
  },
  FILTERS: {
    title: 'Filters',
    note: 'Weights between units and pixels, or of convolutions, as images; grey is 0, and each layer has a scale of its own',
    Figure: eachRun(FiltersRow),
    suits: areImages,
  },
  COPYING: {
    title: 'Copying weights',
    note: 'How pixels of the four rows in the middle come out at one another, beside the identity, which copies each; white is 1, grey 0, black −1',
    Figure: eachRun(CopyingRow),
    suits: (runs) => areImages(runs) && runs.every(({ config }) => isAffine(config)),
  },
  TRAVERSALS: {
    title: 'Latent traversals',
    note: 'The code of a typical test image moves along one dimension, or one principal direction, at a time',
    Figure: eachRun(TraversalsRow),
    suits: (runs) => areImages(runs) && haveShortCodes(runs),
  },
  PRINCIPAL_AXES: {
    title: 'Principal components',
    note: 'Test points joined to where each run puts them, and the principal components of the training points, drawn from their mean, each as long as the standard deviation along it',
    Figure: PrincipalAxesFigure,
    isMeasured: true,
    suits: (runs) => runs.every(({ exampleShape }) => arePlanePoints(exampleShape)),
  },
  PRIOR_SAMPLES: {
    title: 'Samples',
    note: 'Decoded from random codes: of the prior N(0, I), or, without one, of normals fitted to each unit’s codes',
    Figure: eachRun(PriorRow),
  },
  INPAINTING: {
    title: 'Inpainting',
    note: 'The lower half of test images is missing, and filled in by encoding and decoding',
    Figure: eachRun(InpaintingRow),
    isMeasured: true,
    table: measurementsTable,
    suits: areImages,
  },
  TANGENTS: {
    title: 'Tangent directions',
    note: 'How what is decoded changes as the code moves: singular vectors of the decoder’s Jacobian, with their singular values',
    Figure: eachRun(TangentsRow, { areTiles: arePoints }),
    isMeasured: true,
    table: tangentsTable,
    suits: (runs) => haveShortCodes(runs) && !runs.every(({ exampleShape }) => areLinePoints(exampleShape)),
  },
  VECTOR_FIELD: {
    title: 'Vector field',
    note: 'Where each run moves the places of the plane, r(x) − x; lengths go with the square root of the step. Around two test points: points with noise of its σ, and where they are brought',
    Figure: eachRun(VectorFieldRow, { areTiles: () => true }),
    suits: (runs) => runs.every(({ exampleShape }) => arePlanePoints(exampleShape)),
  },
  STEP_RESPONSE: {
    title: 'Steps along and across',
    note: 'How far the reconstruction moves when a point of the curve moves along it, or off it at a right angle, as a share of the step: means over the curve',
    Figure: StepResponseFigure,
    isMeasured: true,
    suits: (runs) => runs.every(({ exampleShape }) => arePlanePoints(exampleShape)),
    table: stepResponseTable,
  },
  RECONSTRUCTION_CURVE: {
    title: 'r(x) over x',
    note: 'What each run makes of each place of a line, beside the diagonal, where nothing is changed; test points are marked on the axis',
    Figure: eachRun(ReconstructionCurveRow, { areTiles: () => true }),
    suits: (runs) => runs.every(({ exampleShape }) => areLinePoints(exampleShape)),
  },
  LEARNING_CURVES: {
    title: 'Learning curves',
    note: 'What is minimized, penalties and divergence included, over the steps that each run took',
    Figure: LearningCurvesFigure,
  },
  CONTRACTION: {
    title: 'Contraction',
    note: 'How much codes answer to small changes of the input, the mean of ‖∂f/∂x‖ over test examples, and at what error; over the codes’ spread it is free of their scale',
    Figure: ContractionFigure,
    isMeasured: true,
    suits: (runs) => runs.some(({ config }) => penaltyFactsOf(config.regularizer)?.usesJacobian),
    table: contractionsTable,
  },
  JACOBIAN_SPECTRA: {
    title: 'Singular values of Jacobians',
    note: 'How much the code and the reconstruction answer to small changes of an example, direction by direction: means over test examples',
    Figure: JacobianSpectraFigure,
    isMeasured: true,
    suits: (runs) => runs.some(({ config, exampleShape }) => latentDimensionOf(config.architecture, exampleShape) <= MOST_DECOMPOSED_UNITS),
    table: jacobianSpectraTable,
  },
  SUBSPACES: {
    title: 'Subspaces',
    note: 'Principal angles between what each linear decoder reaches and what as many principal components do; 0° is the same direction',
    Figure: SubspacesFigure,
    isMeasured: true,
    suits: (runs) => runs.some(({ config }) => isAffineDecoder(config.architecture)),
    table: subspacesTable,
  },
  RATE_DISTORTION: {
    title: 'Rate and distortion',
    note: 'Codes quantised ever more coarsely and entropy-coded; further up and left is better. Marks were measured, JPEG’s at whole qualities; lines only join them',
    Figure: RateDistortionFigure,
    isMeasured: true,
    suits: areImages,
    table: ratesTable,
  },
  COMPRESSED_IMAGES: {
    title: 'Images at equal bits',
    note: 'Test images out of quantised and entropy-coded codes, and out of JPEG at the nearest rate that it reaches',
    Figure: eachRun(CompressionRow),
    isMeasured: true,
    suits: areImages,
    table: ratesTable,
  },
  FINE_TUNING: {
    title: 'Classifiers of few labels',
    note: 'What each encoder is worth as a start for learning with labels',
    Figure: FineTuningFigure,
    isMeasured: true,
    suits: (runs) => runs.some(({ config }) => config.evaluation.labels !== null),
    table: fineTuningTable,
  },
  FEATURES: {
    title: 'Features',
    note: 'What codes tell of classes that were never seen in training',
    Figure: FeaturesFigure,
    isMeasured: true,
    suits: areImages,
    table: featuresTable,
  },
  CLUSTERS: {
    title: 'Clusters',
    note: 'k-means groups the codes of test examples into as many clusters as there are classes, without their classes; each has the colour of the class that it is matched to',
    Figure: eachRun(ClustersRow),
    isMeasured: true,
    suits: haveShortCodes,
  },
  MEASUREMENTS: {
    title: 'Measurements',
    note: 'On test data after the last epoch, beside the baselines; hollow marks are of training data',
    Figure: MeasurementsFigure,
    isMeasured: true,
    table: measurementsTable,
  },
}

/** Lists the figures that have something to show of runs. */
export function suitingFigures(runs: readonly ExperimentRun[]): readonly ExperimentFigure[] {
  const facts = runs.map(({ config, dataset }) => ({ config: readRunConfig(config), exampleShape: dataset.exampleShape }))
  return (Object.keys(experimentFigures) as ExperimentFigure[]).filter((figure) => experimentFigures[figure].suits?.(facts) ?? true)
}
