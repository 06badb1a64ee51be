export { checkGraph } from './check.js'
export {
  type CompiledFunction,
  type CompileOptions,
  compile,
  type RunInputs,
  type RunOutputs,
  type StepReport,
} from './compile.js'
export { type EncodedGraph, encodeGraph, opsetVersion } from './encode.js'
export { CompileError, type CompileErrorCode, compileErrorCodes } from './errors.js'
export { type ExportOptions, exportOnnx } from './export/exportOnnx.js'
export type { SymbolicInput, SymbolicInputs } from './export/SymbolicInput.js'
export type { Attributes, Constant, DType, Graph, GraphInput, GraphNode, NamedValue, Shape, TensorData, Value } from './graph.js'
export { type StepKind, stepKinds } from './halves/planStep.js'
export { type LayerWeight, layerVariables } from './layerVariables.js'
export { optimizerVariables } from './optimizerVariables.js'
export { printGraph } from './print.js'
export type { Draw, DrawnDistribution } from './randomness/Draw.js'
export type { RandomPosition } from './randomness/DrawnInputs.js'
export { randomStateName } from './randomness/RandomState.js'
export { portablePasses, type RewritePass, rewriteGraph, rewritePasses } from './rewrite/index.js'
export { type Rule, type Rules, ruleCategories, supportedKernels } from './rules/index.js'
export { findOnnxRuntime, type RuntimeChoice } from './session/loadRuntime.js'
export { type OnnxRuntimeName, onnxRuntimes } from './session/Session.js'
export { createState, type NamedTensors, type State, type StateOptions } from './state.js'
export type { TensorOfShape } from './TensorOfShape.js'
export type { InputSpec, InputSpecs, InputTensors, TracedFunction } from './trace.js'
export { type TraceGraphOptions, traceGraph } from './traceGraph.js'
