import { CompileError } from '../errors.js'
import { type OnnxRuntime, type OnnxRuntimeName, onnxRuntimes } from './Session.js'

export interface RuntimeChoice {
  readonly runtime: OnnxRuntimeName
  /** Why it is not the fastest, where nobody chose otherwise. */
  readonly reason?: string
}

/** The environment variable that chooses a runtime; without it, the first of them that loads. */
const runtimeVariable = 'HOURGLASS_ONNX_RUNTIME'

/** Each loaded when first asked for: the native library, and what calls it, do not load everywhere. */
const loaders: Readonly<Record<OnnxRuntimeName, () => Promise<OnnxRuntime>>> = {
  native: async () => (await import('./native/nativeRuntime.js')).nativeRuntime,
  node: async () => (await import('./nodeRuntime.js')).nodeRuntime,
  wasm: async () => (await import('./wasmRuntime.js')).wasmRuntime,
}

/**
 * Finds the ONNX Runtime that sessions of this process run on, by loading it. Throws RUNTIME_UNAVAILABLE where the one that was chosen
 * does not load, or there is none of that name.
 */
export async function findOnnxRuntime(): Promise<RuntimeChoice> {
  const { runtime, reason } = await loadRuntime()
  return { runtime: runtime.name, ...(reason === undefined ? {} : { reason }) }
}

/** Loads the runtime that the environment chooses. */
export async function loadRuntime(): Promise<{ readonly runtime: OnnxRuntime; readonly reason?: string }> {
  const chosen = chosenRuntime()
  if (chosen) return { runtime: await load(chosen) }
  const native = await attempt('native')
  if ('runtime' in native) return native
  const node = await attempt('node')
  if ('runtime' in node) return { ...node, reason: `the native library is called through onnxruntime-node: ${native.failure}` }
  return { runtime: await load('wasm'), reason: `the native library does not load here: ${node.failure}` }
}

/** Loads a runtime, or says why it does not load. */
async function attempt(name: OnnxRuntimeName): Promise<{ readonly runtime: OnnxRuntime } | { readonly failure: string }> {
  try {
    return { runtime: await loaders[name]() }
  } catch (error) {
    return { failure: firstLine(error) }
  }
}

function chosenRuntime(): OnnxRuntimeName | undefined {
  const given = process.env[runtimeVariable]
  if (!given) return undefined
  const chosen = onnxRuntimes.find((name) => name === given)
  if (chosen) return chosen
  throw unavailable(onnxRuntimes.join(' or '), given, `Set ${runtimeVariable} to one of them, or leave it out.`)
}

async function load(name: OnnxRuntimeName): Promise<OnnxRuntime> {
  try {
    return await loaders[name]()
  } catch (error) {
    const advice = name === 'wasm' ? undefined : `Leave ${runtimeVariable} out to run on one that does.`
    throw unavailable(`the runtime ${name} to load`, firstLine(error), advice, error)
  }
}

function unavailable(expected: string, got: string, advice?: string, cause?: unknown): CompileError {
  const parts = { subject: 'ONNX Runtime', expected, got, ...(advice === undefined ? {} : { advice }) }
  return new CompileError('RUNTIME_UNAVAILABLE', parts, cause === undefined ? {} : { cause })
}

/** Node’s own errors go on with a stack of modules. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
