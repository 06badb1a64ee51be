import { toConstantCase, toLabel } from '@hourglass/autoencoders'

export interface EngineOption {
  /** As the API writes it, `ONNX`. */
  readonly name: string
  readonly available: boolean
  readonly runtime: string | null
  readonly reason: string | null
}

/** Says of each engine that is missing, or runs slower than it could, why. */
export function engineHints(names: readonly string[], engines: readonly EngineOption[]): readonly string[] {
  return names.flatMap((name) => {
    const engine = engines.find((candidate) => candidate.name === toConstantCase(name))
    if (!engine?.reason) return []
    const reason = engine.reason.replace(/^engine \w+: /, '').replace(/\.?$/, '.')
    return [`${toLabel(name)} ${stateOf(engine)}: ${reason}`]
  })
}

function stateOf({ available, runtime }: EngineOption): string {
  if (!available) return 'is not on this machine'
  return runtime === 'wasm' ? 'runs in WebAssembly' : 'runs slower than it could'
}
