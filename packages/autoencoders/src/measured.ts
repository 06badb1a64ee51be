export { type Analysis, analysisFormat, analysisSchema } from './analysis/analysisSchema.js'
