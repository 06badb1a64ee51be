/** A memory that JavaScript, WebAssembly code and native code share through arrays over its buffer. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
  /** Appends pages of 64 KiB; arrays over the old buffer are detached, or, where threads share the memory, end where it ended. */
  grow(pages: number): number
}

export type Imports = Readonly<Record<string, WasmMemory | ((...values: number[]) => number)>>

interface WebAssemblyNamespace {
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => WasmMemory
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Imports>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
}

// TypeScript declares WebAssembly in the library of browsers only.
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace }).WebAssembly

/** Compiles a module of ModuleBuilder and returns its function `run`. `imports` holds `memory` and the functions that it imports. */
export function instantiate(module: Uint8Array<ArrayBuffer>, imports: Imports): (...parameters: number[]) => void {
  const { exports } = new webAssembly.Instance(new webAssembly.Module(module), { host: imports })
  return exports.run as (...parameters: number[]) => void
}
