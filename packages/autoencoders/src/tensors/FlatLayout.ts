import { AutoencoderError } from '../AutoencoderError.js'
import { type NamedTensors, sizeOfShape } from './NamedTensors.js'

interface Entry {
  readonly name: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** Lays named tensors out one after another in one vector, in the order of their names' first appearance. */
export class FlatLayout {
  /** Values in all. */
  readonly size: number
  readonly #entries: readonly Entry[]

  constructor(shapes: Readonly<Record<string, { readonly shape: readonly number[] }>>) {
    let end = 0
    this.#entries = Object.entries(shapes).map(([name, { shape }]) => {
      const begin = end
      end += sizeOfShape(shape)
      return { name, shape, begin, end }
    })
    this.size = end
  }

  /** Copies tensors into one vector; throws PARAMETERS_MISMATCH where one is missing or of another size. Others are left out. */
  flatten(tensors: Readonly<Record<string, { readonly values: Float32Array }>>): Float32Array {
    const flat = new Float32Array(this.size)
    for (const { name, begin, end } of this.#entries) {
      flat.set(requireValues({ name, begin, end }, tensors[name]?.values), begin)
    }
    return flat
  }

  /** Copies a vector's parts out as tensors; throws WRONG_LENGTH where it is of another size. */
  unflatten(flat: Float32Array): NamedTensors {
    if (flat.length !== this.size) throw new AutoencoderError('WRONG_LENGTH', `vector: expected ${this.size} values, got ${flat.length}`)
    return Object.fromEntries(this.#entries.map(({ name, shape, begin, end }) => [name, { shape, values: flat.slice(begin, end) }]))
  }

  /** Adds tensors of the layout's names, times a factor, to a vector; others are left out. Throws PARAMETERS_MISMATCH as `flatten` does. */
  addScaled(target: Float64Array, tensors: Readonly<Record<string, Float32Array>>, factor: number): void {
    for (const { name, begin, end } of this.#entries) {
      const values = requireValues({ name, begin, end }, tensors[name])
      for (let index = begin; index < end; index++) target[index] = (target[index] as number) + factor * (values[index - begin] as number)
    }
  }
}

function requireValues({ name, begin, end }: Omit<Entry, 'shape'>, values: Float32Array | undefined): Float32Array {
  if (values?.length === end - begin) return values
  throw new AutoencoderError('PARAMETERS_MISMATCH', `${name}: expected ${end - begin} values, got ${values?.length ?? 'none'}`)
}
