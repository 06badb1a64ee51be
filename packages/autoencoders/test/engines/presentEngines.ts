import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import { createEngine } from '../../src/engines/createEngine.js'
import { type EngineName, engines } from '../../src/index.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

/** One way to compute: an engine and, where it has several, its runtime. */
export interface PresentEngine {
  readonly title: string
  readonly name: EngineName
  readonly onnxRuntime?: OnnxRuntimeName
  /** Why this machine does not have it. */
  readonly missing?: string
}

const candidates: readonly PresentEngine[] = engines.flatMap((name): PresentEngine[] =>
  name === 'onnx'
    ? [
        { title: 'onnx (native)', name, onnxRuntime: 'native' },
        { title: 'onnx (WebAssembly)', name, onnxRuntime: 'wasm' },
      ]
    : [{ title: name, name }],
)

/** Runs with the ONNX Runtime of an engine chosen, and TensorFlow.js’s backend as it was before. */
export async function withEngine<Result>({ onnxRuntime }: PresentEngine, body: () => Promise<Result>): Promise<Result> {
  const before = process.env.HOURGLASS_ONNX_RUNTIME
  if (onnxRuntime) process.env.HOURGLASS_ONNX_RUNTIME = onnxRuntime
  try {
    return await body()
  } finally {
    if (before === undefined) delete process.env.HOURGLASS_ONNX_RUNTIME
    else process.env.HOURGLASS_ONNX_RUNTIME = before
    activateCpuBackend()
  }
}

/** Every engine, with the reason to skip those that do not load here. */
export const presentEngines: readonly PresentEngine[] = await checkCandidates()

async function checkCandidates(): Promise<PresentEngine[]> {
  const checked: PresentEngine[] = []
  for (const candidate of candidates) {
    const missing = await withEngine(candidate, async () => {
      await createEngine(candidate.name, { threads: 2 })
    }).catch((error: Error) => error.message)
    checked.push(missing === undefined ? candidate : { ...candidate, missing })
  }
  return checked
}
