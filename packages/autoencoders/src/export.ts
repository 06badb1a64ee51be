export { type ExportModelOptions, exportModel, type ModelPart, modelParts } from './inference/exportModel.js'
export type { ModelDescription } from './inference/ModelDescription.js'
