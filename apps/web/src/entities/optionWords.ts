import { toWords } from '@hourglass/autoencoders'

/** Writes the engine that trained a run, with the build of ONNX Runtime where that is not the usual one. */
export function toEngineWords(engine: string, runtime: string | null): string {
  return runtime === 'wasm' ? `${toWords(engine)} in WebAssembly` : toWords(engine)
}

/** Shortens the name of an option of several words to their initials, `MSE`; one word stays as it is. */
export function toInitials(name: string): string {
  const words = toWords(name).split(/[ -]/)
  return words.length === 1 ? words.join('') : words.map((word) => word.charAt(0).toUpperCase()).join('')
}
