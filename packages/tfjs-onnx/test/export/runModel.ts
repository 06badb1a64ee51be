import * as native from 'onnxruntime-node'
import * as wasm from 'onnxruntime-web'

export interface PlainTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export type PlainTensors = Readonly<Record<string, PlainTensor>>

wasm.env.wasm.numThreads = 1

/** The two builds of ONNX Runtime that load models in Node. */
export const runtimes = { 'onnxruntime-node': [native, 'cpu'], 'onnxruntime-web': [wasm, 'wasm'] } as const

/** Loads a model with one of them, runs it once and returns its outputs. */
export async function runModel(runtime: keyof typeof runtimes, model: Uint8Array, inputs: PlainTensors): Promise<PlainTensors> {
  const [library, provider] = runtimes[runtime]
  const session = await library.InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 3 })
  const feeds = Object.entries(inputs).map(([name, { shape, values }]) => [name, new library.Tensor('float32', values, shape)] as const)
  const results = await session.run(Object.fromEntries(feeds))
  await session.release()
  return Object.fromEntries(
    Object.entries(results).map(([name, { dims, data }]) => [name, { shape: [...dims], values: Float32Array.from(data as Float32Array) }]),
  )
}
