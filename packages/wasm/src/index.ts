export { type Arithmetic, type Bytes, bytes16, control, f32, f32x4, i32, local } from './instructions.js'
export { type ImportedSignature, ModuleBuilder } from './ModuleBuilder.js'
export { type Imports, instantiate, type WasmMemory, webAssembly } from './webAssembly.js'
