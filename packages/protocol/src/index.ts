export { type Alive, aliveSchema } from './Alive.js'
export { type ArtifactRef, artifactRefSchema } from './ArtifactRef.js'
export { type ArtifactType, artifactNames, artifactTypes, epochOfArtifact, packNumber, packNumbersOf } from './artifactNames.js'
export { type CachedFileName, cachedFileName, readCachedFileName } from './cachedFileName.js'
export { type DatasetRef, datasetRefSchema } from './DatasetRef.js'
export { type Format, type Read, readStored, type Stored, type Upgrade, versionOf } from './Format.js'
export { isUnreadableFile } from './isUnreadableFile.js'
export { type FlatValue, flattenValues, type NamedValue, type NamedValues, namedValuesSchema } from './NamedValues.js'
export { printProtocol } from './printProtocol.js'
export { type RunAssignment, type RunCommand, runCommandSchema } from './RunCommand.js'
export {
  changesFiles,
  describeEarlyStop,
  describeRunEvent,
  historyKinds,
  type NewRunEventPayload,
  type RunEventKind,
  type RunEventPayload,
  type RunStatus,
  readRunEvent,
  runEventFormat,
  runEventPayloads,
  runStatuses,
  writeRunEvent,
} from './RunEvent.js'
export {
  type Axis,
  axes,
  type RunProgress,
  type RunReport,
  type RunReportOf,
  type RunStage,
  runReportSchema,
  runStages,
} from './RunReport.js'
export { ELSEWHERE, elsewhereFormat, type RunSpec, runSpecSchema } from './RunSpec.js'
export { spacedEpochs } from './spacedEpochs.js'
export { readPayload, writePayload } from './storedPayload.js'
