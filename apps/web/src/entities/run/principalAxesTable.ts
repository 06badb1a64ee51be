import { coordinateNames } from '../../files/pointView'
import type { DecodedPoints } from '../../files/useExamples'
import type { FigureTable } from '../../ui/FigureSource'
import type { PrincipalAxes } from './PrincipalAxesPlot'

/** Lists the mean, the eigenvectors and, where they are drawn, the points, each beside where a run puts it. */
export function principalAxesTable(axes: PrincipalAxes | null, points?: DecodedPoints): FigureTable {
  const names = coordinateNames(points?.size ?? axes?.mean.length ?? 0)
  const nowhere = names.map(() => null)
  const count = points ? Math.min(points.originals.length, points.reconstructions.length) / points.size : 0
  const at = (values: Float32Array, index: number) => names.map((_, axis) => values[index * names.length + axis] ?? null)
  return {
    columns: ['what', ...names, 'standard deviation', ...names.map((name) => `reconstructed ${name}`)],
    rows: [
      ...(axes
        ? [
            ['mean of training points', ...axes.mean, null, ...nowhere],
            ...axes.eigenvectors.map(({ direction, standardDeviation }, index) => [
              `principal component ${index + 1}`,
              ...direction,
              standardDeviation,
              ...nowhere,
            ]),
          ]
        : []),
      ...Array.from({ length: count }, (_, index) =>
        points ? ['test point', ...at(points.originals, index), null, ...at(points.reconstructions, index)] : [],
      ),
    ],
  }
}
