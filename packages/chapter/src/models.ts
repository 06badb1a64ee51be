export { type Bend, DenseChain, type DenseLayer, type Moved } from './models/DenseChain.js'
export { type PackedNumbers, packNumbers, unpackNumbers } from './models/packedNumbers.js'
export {
  type ModelFile,
  openChain,
  openModels,
  type PackedExamples,
  type PackedLayer,
  type PackedModel,
  type ShippedModel,
  type ShippedModels,
} from './models/ShippedModels.js'
