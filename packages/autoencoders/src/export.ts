export { type ExportModelOptions, exportModel } from './inference/exportModel.js'
