import { artifactNames } from '@hourglass/protocol'
import { requireEpoch } from '../../artifacts/requireEpoch.js'
import { finalEpoch } from '../../runs/finalEpoch.js'
import { readConfig } from '../../runs/readConfig.js'
import { AnalysisType, analysisProblem, describeAnalysis } from './Analysis.js'
import { builder } from './builder.js'
import { CheckpointType } from './Checkpoint.js'
import { CodeSnapshotType, describeCodes } from './CodeSnapshot.js'
import { MAXIMUM_EPOCHS } from './maximumEpochs.js'
import { describeModels, OnnxModelType } from './OnnxModel.js'
import { describeBaseline, PcaBaselineType } from './PcaBaseline.js'
import { describeReconstructions, ReconstructionsType } from './Reconstructions.js'
import { RunType } from './Run.js'
import { describeError, RunErrorType } from './RunStatus.js'

builder.objectFields(RunType, (t) => ({
  checkpoints: t.field({
    type: [CheckpointType],
    description:
      'The epochs that have a model, and codes: all of them, or those that retention keeps. Metrics and reconstructions are of every epoch.',
    complexity: { field: 1, multiplier: MAXIMUM_EPOCHS / 10 },
    resolve: async ({ id, number }, _, { loaders }) =>
      (await loaders.checkpoints.load(number)).map((artifact) => ({ runId: id, artifact })),
  }),
  reconstructions: t.field({
    type: ReconstructionsType,
    nullable: true,
    description: 'Fixed test examples and their reconstructions at one epoch (default: `finalEpoch`); null before the first epoch.',
    args: { epoch: t.arg.int() },
    resolve: (run, { epoch }, { loaders }) => {
      if (run.epochsCompleted === 0 && (epoch ?? null) === null) return null
      return describeReconstructions(loaders, run, requireEpoch(run, epoch ?? finalEpoch(run)))
    },
  }),
  codes: t.field({
    type: CodeSnapshotType,
    nullable: true,
    description:
      'Distribution of each code dimension over the test examples that are encoded at one epoch (default: `finalEpoch`); null where only metrics and reconstructions of it are kept.',
    args: { epoch: t.arg.int() },
    resolve: (run, { epoch }, { lab }) => {
      if (run.epochsCompleted === 0 && (epoch ?? null) === null) return null
      return describeCodes(lab, run, requireEpoch(run, epoch ?? finalEpoch(run)))
    },
  }),
  onnxModels: t.field({
    type: [OnnxModelType],
    description:
      'The encoder, the decoder and both as ONNX files at one epoch (default: `finalEpoch`); none before the first epoch, and of an epoch that has no model.',
    args: { epoch: t.arg.int() },
    resolve: async (run, { epoch }, { lab }) => {
      if ((run.epochsCompleted === 0 && (epoch ?? null) === null) || !('value' in readConfig(run))) return []
      const wanted = requireEpoch(run, epoch ?? finalEpoch(run))
      return (await lab.artifacts.find(run.number, artifactNames.checkpoint(wanted))) ? describeModels(run, wanted) : []
    },
  }),
  pcaBaseline: t.field({
    type: PcaBaselineType,
    nullable: true,
    description:
      'PCA with as many components as the code has dimensions, on the same data; null while it is being computed or where it failed.',
    resolve: (run, _, { loaders }) => describeBaseline(loaders, run),
  }),
  analysis: t.field({
    type: AnalysisType,
    nullable: true,
    description:
      'What the completed run was measured with on test data, and what it is compared with; null before, where that failed, and where `analysisProblem` says why it cannot be read.',
    resolve: (run, _, { loaders }) => describeAnalysis(loaders, run),
  }),
  analysisProblem: t.string({
    nullable: true,
    description:
      'Why the analysis that the run has cannot be read; null where it can, or there is none. To analyze the run again replaces what cannot be read.',
    resolve: (run, _, { loaders }) => analysisProblem(loaders, run),
  }),
  analysisError: t.field({
    type: RunErrorType,
    nullable: true,
    description: 'Why the completed run was not measured when that was last tried; null where it was, or was not tried.',
    resolve: ({ analysisErrorCode, analysisErrorMessage }) =>
      describeError({ errorCode: analysisErrorCode, errorMessage: analysisErrorMessage }),
  }),
}))
