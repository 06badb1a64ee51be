import { coordinatesOf, type PrincipalDirections } from '@hourglass/autoencoders/latent'
import type { CodeStore } from './codeStore'

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
