import { AutoencoderError } from '../AutoencoderError.js'
import type { EngineName } from '../config/engineCatalog.js'
import type { Engine, EngineOptions } from './Engine.js'

/** Engines by name, each loaded when first asked for, so that one that does not install here breaks nothing else. */
const loaders: Readonly<Record<EngineName, (options: EngineOptions) => Promise<Engine>>> = {
  onnx: async (options) => (await import('./onnxEngine.js')).createOnnxEngine(options),
  tensorflow: async (options) => (await import('./tensorflowEngine.js')).createTensorflowEngine(options),
  cpu: async () => (await import('./cpuEngine.js')).createCpuEngine(),
}

/** Creates an engine; throws AutoencoderError ENGINE_UNAVAILABLE where its libraries do not load. */
export async function createEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  try {
    return await loaders[name](options)
  } catch (cause) {
    if (cause instanceof AutoencoderError) throw cause
    throw new AutoencoderError('ENGINE_UNAVAILABLE', `engine ${name}: expected its libraries to load, got ${String(cause)}`, { cause })
  }
}
