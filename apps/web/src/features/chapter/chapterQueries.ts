import type { LabText } from '../../data/askLab'
import type {
  ChapterExperimentsQuery,
  ChapterExperimentsQueryVariables,
  LaunchPresetMutation,
  LaunchPresetMutationVariables,
  PresetEstimatesQuery,
  PresetEstimatesQueryVariables,
} from '../../data/generated/graphql'

// The chapter asks with texts: documents, and what prints them, would be a tenth of its scripts. A test holds them equal.

export const chapterExperiments: LabText<ChapterExperimentsQuery, ChapterExperimentsQueryVariables> =
  'query ChapterExperiments { chapterExperiments { id number name quick createdAt preset { id } } }'

export const presetEstimates: LabText<PresetEstimatesQuery, PresetEstimatesQueryVariables> =
  'query PresetEstimates { presetEstimates { id seconds quickSeconds } }'

export const launchPreset: LabText<LaunchPresetMutation, LaunchPresetMutationVariables> =
  'mutation LaunchPreset($id: ID!, $overrides: PresetOverrides) { launchPreset(id: $id, overrides: $overrides) { id revision experiment { id } } }'
