export { type Arithmetic, type Bytes, bytes16, control, f32, f32x4, f64x2, i32, i32x4, local, v128 } from './instructions.js'
export { KernelBuilder } from './KernelBuilder.js'
export { type ImportedSignature, ModuleBuilder, type ModuleOptions } from './ModuleBuilder.js'
export { type Imports, instantiate, type WasmMemory, webAssembly } from './webAssembly.js'
