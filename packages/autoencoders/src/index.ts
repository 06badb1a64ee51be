export { AutoencoderError, type AutoencoderErrorCode } from './AutoencoderError.js'
export type { FigurePart, PartKey } from './analysis/analysisParts.js'
export type { Analysis } from './analysis/analysisSchema.js'
export { rankByError } from './analysis/rankByError.js'
export type { SubjectMetrics } from './analysis/SubjectMetrics.js'
export { type Subject, subjectCatalog, subjects } from './analysis/subjects.js'
export { architectureRowOf } from './architectures/architectureRowOf.js'
export { encoderRowOf } from './architectures/encoderRows.js'
export { initializeParameters } from './architectures/initializers.js'
export { isAffineDecoder } from './architectures/isAffineDecoder.js'
export { countMultiplications, countParameters, describeParameters, latentDimensionOf, layerWidths } from './architectures/layouts.js'
export { hasBoundedOutput } from './architectures/outputRange.js'
export type { ParameterSpec } from './architectures/ParameterSpec.js'
export { EXAMPLES_A_PAGE } from './calls/examplePages.js'
export { describeCorruption, normalDeviation, reachOfCorruption } from './config/corruptionFacts.js'
export { MAXIMUM_PARAMETERS } from './config/crossFieldRules.js'
export { isNoise, placementOf } from './config/datasetFacts.js'
export { describeConfig, describeRun, titleOfOptimizer } from './config/describeRun.js'
export { DISCRIMINATOR, describeSchema, type FieldDescription, type ObjectDescription } from './config/describeSchema.js'
export { type DivergedRun, type DivergenceRemedy, divergenceRemedies } from './config/divergenceRemedies.js'
export {
  type EngineDescription,
  type EngineName,
  engineCatalog,
  engines,
  isEngineName,
  optionalEngines,
  usualEngine,
} from './config/engineCatalog.js'
export { exampleShapeOf } from './config/exampleShapeOf.js'
export { examplesOf } from './config/examplesOf.js'
export { isNone } from './config/isNone.js'
export { joinRunIssues, type RunIssue } from './config/joinRunIssues.js'
export { lengthDependence } from './config/lengthDependence.js'
export { type LossName, losses } from './config/lossRows.js'
export { type ModelFacts, modelFacts } from './config/modelFacts.js'
export { modelTitle } from './config/modelTitle.js'
export { isMoreThanError, type Objective, objectiveKey } from './config/Objective.js'
export { objectiveTerms, objectiveTitle } from './config/objectiveTitle.js'
export { isMiniBatch, optimizerRowOf, stepsPerEpoch } from './config/optimizerRowOf.js'
export type { UnusedSetting } from './config/optimizers/OptimizerRow.js'
export { toInitials, toLabel, toWords } from './config/optionWords.js'
export { type PenaltyFacts, penaltyFactsOf } from './config/penaltyFactsOf.js'
export {
  type Activation,
  type ArchitectureConfig,
  activations,
  type CorruptionConfig,
  type EncoderConfig,
  type InitializerConfig,
  MAXIMUM_CONVOLUTIONS,
  MAXIMUM_FILTERS,
  MAXIMUM_HIDDEN_LAYERS,
  MAXIMUM_WIDTH,
  type OptimizerConfig,
  type RegularizerConfig,
  type RunConfig,
  type RunConfigInput,
} from './config/RunConfig.js'
export { AUTOENCODER, runConfigFormat } from './config/runConfigFormat.js'
export { runConfigSchema } from './config/runConfigSchema.js'
export { startIssues } from './config/startIssues.js'
export { type SweptSetting, sweptSetting } from './config/sweptSetting.js'
export { unusedSettings, withoutUnused } from './config/unusedSettings.js'
export { type ConfigIssue, completeRunConfig, validateRunConfig } from './config/validateRunConfig.js'
export { fromWire, hasFields, toConstantCase, toWire, toWirePath } from './config/wireForm.js'
export { withEpochs } from './config/withEpochs.js'
export { measurementTerm, settingTerm, subjectTerm } from './glossary/termIds.js'
export { createDecoder, type Decoder } from './inference/createDecoder.js'
export { createEncoder, type Encoder } from './inference/createEncoder.js'
export { createModel, type Model } from './inference/createModel.js'
export type { ModelDescription } from './inference/ModelDescription.js'
export { type ModelLimits, ModelShelf, type ModelWanted } from './inference/ModelShelf.js'
export { type ModelPart, modelParts } from './inference/modelParts.js'
export { rowsAtATime } from './inference/rowsAtATime.js'
export { type LandmarkContent, type LandmarkKind, landmarkFormat, landmarkKinds } from './latent/landmark.js'
export { describeMeasurement, type Measurement, nameWithUnit } from './measurements/Measurement.js'
export {
  chartTitles,
  type EpochMeasurement,
  type EpochMetricId,
  type EpochValueId,
  epochCatalog,
  type FinalMeasurement,
  type MetricId,
  measurementCatalog,
  metricCatalog,
  type SystemValueId,
  trainedCatalog,
} from './measurements/measurementCatalog.js'
export {
  countFacets,
  facetsOf,
  type Ranked,
  type RankedConfig,
  type RankingFacet,
  rankingDifferences,
  rankingFacets,
  rankingKey,
} from './measurements/rankingKeys.js'
export { activeUnits } from './metrics/activeUnits.js'
export { clipToUnit } from './metrics/clipToUnit.js'
export { meanOf } from './metrics/meanOf.js'
export { meanSquaredError } from './metrics/meanSquaredError.js'
export { rowErrors } from './metrics/rowErrors.js'
export { PrincipalComponents, type PrincipalComponentValues } from './pca/PrincipalComponents.js'
export { decodePrincipalComponents, encodePrincipalComponents, roundPrincipalComponents } from './pca/principalComponentsFile.js'
export { countedLabel } from './presets/countedLabel.js'
export {
  type ChapterSection,
  chapterSections,
  type Preset,
  type PresetFigure,
  type PresetRun,
} from './presets/Preset.js'
export { presets } from './presets/presets.js'
export { groupReplicates, type Replicates } from './replicates/groupReplicates.js'
export { type MeanAndSpread, meanAndSpread } from './replicates/meanAndSpread.js'
export { moreValues, type VariedSetting } from './replicates/moreValues.js'
export { type BySeed, type PairedDifference, pairedDifference } from './replicates/pairedDifference.js'
export { type LabelledRun, moreSeeds, replicateRuns, seedLabel, settingsKey, withoutSeedLabel } from './replicates/replicateRuns.js'
export {
  type Assignment,
  type AxisValues,
  countSweep,
  expandSweep,
  rangeProblem,
  type Sweep,
  type SweepAxis,
  type SweepMethod,
} from './sweeps/expandSweep.js'
export { type HalvingChoice, halvingProblem, USUAL_ETA } from './sweeps/halvingProblem.js'
export { epochsOfRungs, type HalvingPlan, planHalving, type Rung, type RungScore, rankRung } from './sweeps/successiveHalving.js'
export { type NamedTensors, type PlainTensor, sizeOfShape } from './tensors/NamedTensors.js'
export { decodeSafetensors, decodeSafetensorsStart, encodeSafetensors, encodeSafetensorsHead } from './tensors/safetensors.js'
export type { TrainingStage } from './training/TrainingEvent.js'
