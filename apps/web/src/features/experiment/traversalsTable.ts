import type { Traversal } from '@hourglass/autoencoders/latent'
import type { FigureTable } from '../../ui/FigureSource'

interface TraversalsShape {
  /** Latent dimension. */
  readonly size: number
  readonly steps: number
}

/** Lists the code at each step of traversals, a column for each of its dimensions. */
export function traversalsTable(traversals: readonly Traversal[], { size, steps }: TraversalsShape): FigureTable {
  return {
    columns: ['along', 'step', ...Array.from({ length: size }, (_, dimension) => `z${dimension + 1}`)],
    rows: traversals.flatMap(({ name, codes }) =>
      Array.from({ length: steps }, (_, step) => [name, step + 1, ...codes.subarray(step * size, (step + 1) * size)]),
    ),
  }
}
