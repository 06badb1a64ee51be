import type { NamedTensors } from '../../tensors/NamedTensors.js'

/** Everything that a minimiser remembers between two iterations, apart from the parameters. */
export interface LbfgsState {
  readonly iterations: number
  /** Loss and gradient at the current parameters; undefined before the first iteration. */
  readonly current: { readonly loss: number; readonly gradient: Float32Array } | undefined
  readonly steps: Float32Array
  readonly gradientChanges: Float32Array
  readonly added: number
}

const NAMES = {
  steps: 'optimizer/steps',
  gradientChanges: 'optimizer/gradientChanges',
  gradient: 'optimizer/gradient',
  progress: 'optimizer/progress',
} as const

/** Iterations, pairs added, whether the loss is known, and the loss as a sum of three float32, which holds a float64 exactly. */
const PROGRESS_LENGTH = 6

/** Names the tensors of a saved state and their shapes, for `size` parameters in all. */
export function describeLbfgsState(size: number, memory: number): Readonly<Record<string, { readonly shape: readonly number[] }>> {
  return {
    [NAMES.steps]: { shape: [memory, size] },
    [NAMES.gradientChanges]: { shape: [memory, size] },
    [NAMES.gradient]: { shape: [size] },
    [NAMES.progress]: { shape: [PROGRESS_LENGTH] },
  }
}

/** Copies a state into tensors whose shapes never change during a run. */
export function encodeLbfgsState({ iterations, current, steps, gradientChanges, added }: LbfgsState, size: number): NamedTensors {
  const memory = steps.length / size
  const loss = current?.loss ?? 0
  const high = Math.fround(loss)
  const middle = Math.fround(loss - high)
  const progress = Float32Array.of(iterations, added, current ? 1 : 0, high, middle, loss - high - middle)
  return {
    [NAMES.steps]: { shape: [memory, size], values: steps.slice() },
    [NAMES.gradientChanges]: { shape: [memory, size], values: gradientChanges.slice() },
    [NAMES.gradient]: { shape: [size], values: current?.gradient.slice() ?? new Float32Array(size) },
    [NAMES.progress]: { shape: [PROGRESS_LENGTH], values: progress },
  }
}

/** Reads what encodeLbfgsState wrote; its shapes must have been checked. */
export function decodeLbfgsState(tensors: NamedTensors): LbfgsState {
  const valuesOf = (name: string) => tensors[name]?.values ?? new Float32Array()
  const [iterations = 0, added = 0, isKnown = 0, high = 0, middle = 0, low = 0] = valuesOf(NAMES.progress)
  return {
    iterations,
    added,
    current: isKnown === 1 ? { loss: high + middle + low, gradient: valuesOf(NAMES.gradient).slice() } : undefined,
    steps: valuesOf(NAMES.steps),
    gradientChanges: valuesOf(NAMES.gradientChanges),
  }
}
