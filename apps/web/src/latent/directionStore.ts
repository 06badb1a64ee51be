import type { CodeStore } from './codeStore'
import type { DimensionSpread } from './orderDimensions'
import type { PrincipalDirections } from './principalDirections'

/** Sees a code by how far it lies from the mean along directions; setting one of them moves the code along it and leaves the rest. */
export function createDirectionStore(code: CodeStore, { mean, directions, count }: PrincipalDirections): CodeStore {
  const size = mean.length
  const values = new Float32Array(count)
  const read = () => values.set(coordinatesOf(code.values, { mean, directions, count }))
  read()
  return {
    values,
    set(index, value, at = performance.now()) {
      if (index < 0 || index >= count || !Number.isFinite(value)) return
      read()
      const step = value - (values[index] as number)
      const moved = code.values.map((coordinate, place) => coordinate + step * (directions[index * size + place] as number))
      code.replace(moved, at)
    },
    replace(next, at = performance.now()) {
      if (next.length !== count) throw new RangeError(`directions: expected ${count} coordinates, got ${next.length}`)
      read()
      const moved = code.values.map((coordinate, place) => {
        let sum = coordinate
        for (let index = 0; index < count; index++)
          sum += ((next[index] as number) - (values[index] as number)) * (directions[index * size + place] as number)
        return sum
      })
      code.replace(moved, at)
    },
    subscribe: (listener) =>
      code.subscribe(({ at }) => {
        read()
        listener({ index: null, at })
      }),
  }
}

/** Computes how far a code lies from the mean along each direction. */
export function coordinatesOf(code: ArrayLike<number>, { mean, directions, count }: PrincipalDirections): Float32Array {
  const size = mean.length
  return Float32Array.from({ length: count }, (_, index) => {
    let sum = 0
    for (let at = 0; at < size; at++) sum += ((code[at] as number) - (mean[at] as number)) * (directions[index * size + at] as number)
    return sum
  })
}

/** Describes how codes `[n, size]` spread along each direction, as sliders need it. */
export function directionSpreads(codes: Float32Array, found: PrincipalDirections): readonly DimensionSpread[] {
  const size = found.mean.length
  const rows = Array.from({ length: Math.floor(codes.length / size) }, (_, row) =>
    coordinatesOf(codes.subarray(row * size, (row + 1) * size), found),
  )
  return Array.from({ length: found.count }, (_, index) => {
    const along = rows.map((row) => row[index] as number)
    const mean = along.reduce((sum, value) => sum + value, 0) / along.length
    const variance = along.reduce((sum, value) => sum + (value - mean) ** 2, 0) / along.length
    const [minimum, maximum] = along.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
      Infinity,
      -Infinity,
    ] as readonly [number, number])
    return { index, minimum, maximum, mean, standardDeviation: Math.sqrt(variance) }
  })
}
