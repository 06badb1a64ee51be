import { platform } from '#platform'
import { CompileError } from '../errors.js'
import { type OnnxRuntime, type OnnxRuntimeName, onnxRuntimes, runtimeVariable } from './Session.js'

export interface RuntimeChoice {
  readonly runtime: OnnxRuntimeName
  /** Why it is not the fastest, where nobody chose otherwise. */
  readonly reason?: string
}

/** What is said of a runtime that is taken because a faster one does not load. */
const reasons: Readonly<Record<OnnxRuntimeName, string>> = {
  native: '',
  node: 'the native library is called through onnxruntime-node',
  wasm: 'the native library does not load here',
}

/**
 * Finds the ONNX Runtime that sessions of this process run on, by loading it. Throws RUNTIME_UNAVAILABLE where the one that was chosen
 * does not load, there is none of that name, or none is installed.
 */
export async function findOnnxRuntime(): Promise<RuntimeChoice> {
  const { runtime, reason } = await loadRuntime()
  return { runtime: runtime.name, ...(reason === undefined ? {} : { reason }) }
}

/** Loads the runtime that the environment chooses. */
export async function loadRuntime(): Promise<{ readonly runtime: OnnxRuntime; readonly reason?: string }> {
  const chosen = chosenRuntime()
  if (chosen) return { runtime: await loadChosen(chosen) }
  const failures: { readonly name: OnnxRuntimeName; readonly error: unknown }[] = []
  for (const name of loadable()) {
    try {
      const runtime = await load(name)
      const failure = failures.at(-1)
      return failure ? { runtime, reason: `${reasons[name]}: ${firstLine(failure.error)}` } : { runtime }
    } catch (error) {
      failures.push({ name, error })
    }
  }
  throw unavailable({
    expected: `one of ${loadable().join(', ')} to load`,
    got: failures.map(({ name, error }) => `${name}: ${firstLine(error)}`).join('; '),
    advice: platform.advice,
    cause: failures.at(-1)?.error,
  })
}

function loadable(): readonly OnnxRuntimeName[] {
  return onnxRuntimes.filter((name) => platform.loaders[name])
}

function chosenRuntime(): OnnxRuntimeName | undefined {
  const given = platform.chosenRuntime()
  if (!given) return undefined
  const chosen = onnxRuntimes.find((name) => name === given)
  if (chosen) return chosen
  throw unavailable({
    expected: onnxRuntimes.join(' or '),
    got: given,
    advice: `Set ${runtimeVariable} to one of them, or leave it out.`,
  })
}

async function load(name: OnnxRuntimeName): Promise<OnnxRuntime> {
  const loader = platform.loaders[name]
  if (!loader) throw new Error('this platform has no such runtime')
  return loader()
}

async function loadChosen(name: OnnxRuntimeName): Promise<OnnxRuntime> {
  try {
    return await load(name)
  } catch (error) {
    const advice = name === 'wasm' ? 'It comes with npm install onnxruntime-web.' : `Leave ${runtimeVariable} out to run on one that does.`
    throw unavailable({ expected: `the runtime ${name} to load`, got: firstLine(error), advice, cause: error })
  }
}

function unavailable({ cause, ...parts }: { expected: string; got: string; advice: string; cause?: unknown }): CompileError {
  return new CompileError('RUNTIME_UNAVAILABLE', { subject: 'ONNX Runtime', ...parts }, cause === undefined ? {} : { cause })
}

/** Node’s own errors go on with a stack of modules. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
