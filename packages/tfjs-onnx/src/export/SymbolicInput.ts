import { CompileError } from '../errors.js'
import type { InputSpec, InputSpecs } from '../trace.js'

/** What one input of an exported function looks like; a dimension with a name, such as `batch`, may have any size. */
export interface SymbolicInput {
  readonly shape: readonly (number | string)[]
  readonly dtype: InputSpec['dtype']
}

export type SymbolicInputs = Readonly<Record<string, SymbolicInput>>

/** A size for each named dimension. */
export type Sizes = Readonly<Record<string, number>>

/** Lists the names of dimensions, each once; throws INVALID_INPUT for a dimension that is neither a size nor a name. */
export function dimensionNames(inputs: SymbolicInputs): readonly string[] {
  const names = Object.entries(inputs).flatMap(([input, { shape }]) =>
    shape.flatMap((dimension) => {
      if (typeof dimension === 'string' && dimension.trim() !== '') return [dimension]
      if (typeof dimension === 'number' && Number.isInteger(dimension) && dimension > 0) return []
      throw new CompileError('INVALID_INPUT', {
        subject: `input ${input}`,
        expected: 'dimensions that are positive whole numbers or names',
        got: JSON.stringify(dimension),
      })
    }),
  )
  return [...new Set(names)]
}

/** Gives the named dimensions sizes. */
export function withSizes(inputs: SymbolicInputs, sizes: Sizes): InputSpecs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [
      name,
      { dtype, shape: shape.map((dimension) => (typeof dimension === 'number' ? dimension : (sizes[dimension] ?? 0))) },
    ]),
  )
}

/**
 * Chooses the sizes to trace a function with, so that how a size depends on named dimensions can be told: a base, for each name one where
 * it alone is another, and one where all are others again, as a check. Prime, and none of the `taken` sizes, so that no size looks like
 * another by accident.
 */
export function sampleSizes(names: readonly string[], taken: Iterable<number>): readonly Sizes[] {
  const avoided = new Set(taken)
  const primes = primesFrom(53, (prime) => !avoided.has(prime))
  const next = () => primes.next().value ?? 0
  const [base, alone, last] = [names.map(next), names.map(next), names.map(next)]
  const toSizes = (values: readonly number[]): Sizes => Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0]))
  if (names.length === 0) return [{}]
  return [toSizes(base), ...names.map((_, index) => toSizes(base.with(index, alone[index] ?? 0))), toSizes(last)]
}

function* primesFrom(start: number, isWanted: (prime: number) => boolean): Generator<number, never> {
  for (let candidate = start; ; candidate++) {
    let divisor = 2
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor++
    if (divisor * divisor > candidate && isWanted(candidate)) yield candidate
  }
}

/** Finds an input and an axis that have the size of a named dimension. */
export function findDimension(inputs: SymbolicInputs, name: string): { readonly input: string; readonly axis: number } {
  for (const [input, { shape }] of Object.entries(inputs)) {
    const axis = shape.indexOf(name)
    if (axis !== -1) return { input, axis }
  }
  throw new CompileError('INVALID_INPUT', { subject: `dimension ${name}`, expected: 'to be one of an input', got: 'an unknown name' })
}
