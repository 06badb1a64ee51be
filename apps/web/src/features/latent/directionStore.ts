import { coordinatesOf, type PrincipalDirections } from '@hourglass/autoencoders/latent'
import type { CodeStore } from './codeStore'

/**
 * Sees a code by how far it lies from the mean along directions, each in a unit of its own; setting one of them moves the code along it and leaves what is at
 * right angles to it. `units` are the lengths of the units, `[count]`, in the code's own.
 */
export function createDirectionStore(
  code: CodeStore,
  { mean, directions, count }: PrincipalDirections,
  units: ArrayLike<number> = new Float32Array(count).fill(1),
): CodeStore {
  const size = mean.length
  const values = new Float32Array(count)
  const unitOf = (index: number) => units[index] as number
  const read = () => values.set(coordinatesOf(code.values, { mean, directions, count }).map((value, index) => value / unitOf(index)))
  read()
  return {
    values,
    set(index, value, at = performance.now()) {
      if (index < 0 || index >= count || !Number.isFinite(value)) return
      read()
      const step = (value - (values[index] as number)) * unitOf(index)
      const moved = code.values.map((coordinate, place) => coordinate + step * (directions[index * size + place] as number))
      code.replace(moved, at)
    },
    replace(next, at = performance.now()) {
      if (next.length !== count) throw new RangeError(`directions: expected ${count} coordinates, got ${next.length}`)
      read()
      const moved = code.values.map((coordinate, place) => {
        let sum = coordinate
        for (let index = 0; index < count; index++)
          sum += ((next[index] as number) - (values[index] as number)) * unitOf(index) * (directions[index * size + place] as number)
        return sum
      })
      code.replace(moved, at)
    },
    settle: () => code.settle(),
    subscribe: (listener) =>
      code.subscribe(({ at }) => {
        read()
        listener({ index: null, at })
      }),
    onSettled: (listener) => code.onSettled(listener),
  }
}
