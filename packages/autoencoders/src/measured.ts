export { type Analysis, analysisFormat, analysisSchema } from './analysis/analysisSchema.js'
export { presetFigures } from './presets/presetFigures.js'
