import { toWords } from '@hourglass/autoencoders'

/** Writes the engine that trained a run, with the build of ONNX Runtime where that is not the usual one. */
export function toEngineWords(engine: string, runtime: string | null): string {
  return runtime === 'wasm' ? `${toWords(engine)} in WebAssembly` : toWords(engine)
}
