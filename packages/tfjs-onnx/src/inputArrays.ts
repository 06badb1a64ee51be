import { CompileError } from './errors.js'
import type { InputArrays } from './session/InputArrays.js'
import type { InputSpec } from './trace.js'

export type InputArray = InputArrays[keyof InputArrays]

/** The arrays of a run by the names of its inputs. */
export type GivenInputs = Readonly<Record<string, ArrayLike<number>>>

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

/** An input as it was declared. */
export interface DeclaredInput {
  readonly spec: InputSpec
  readonly size: number
}

/** Throws INVALID_INPUT for names that were not declared. */
export function requireNames(values: unknown, names: readonly string[]): asserts values is GivenInputs {
  if (typeof values !== 'object' || values === null) {
    throw invalidInput(names.join(', ') || 'of run', 'a record with an array for each input', `${values}`)
  }
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) throw invalidInput(name, `an input among ${names.join(', ') || 'none'}`, 'an unknown name')
  }
}

/** Returns the array of an input. Throws INVALID_INPUT for none, and for one of another type or length than was declared. */
export function requireArray(name: string, { spec, size }: DeclaredInput, given: ArrayLike<number> | undefined): InputArray {
  if (given === undefined) throw invalidInput(name, `${size} values`, 'none')
  const type = arrayTypes[spec.dtype]
  const got = Object.prototype.toString.call(given)
  if (got !== `[object ${type.name}]`) throw invalidInput(name, `a ${type.name} for ${spec.dtype}`, got)
  if (given.length !== size) throw invalidInput(name, `${size} values for [${spec.shape.join(',')}]`, `${given.length}`)
  return given as InputArray
}

function invalidInput(name: string, expected: string, got: string): CompileError {
  return new CompileError('INVALID_INPUT', { subject: `input ${name}`, expected, got })
}
