import { epochCatalog } from '@hourglass/autoencoders'
import { coordinateNames } from '../../files/pointView'
import { readExample } from '../../files/readExample'
import type { DecodedPoints, DecodedStrips } from '../../files/useExamples'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { columnOf } from '../metric/formatMeasured'
import { scoredOn, titledRow } from '../metric/scoredOn'
import { describeForFigure } from './describeForFigure'
import { scoredError } from './pcaBaseline'
import type { Run } from './useRun'

/** Says of a figure of a run what made it. */
export function runSource(
  { id, number, name, config, dataset }: Pick<Run, 'id' | 'number' | 'name' | 'config' | 'dataset'>,
  what: string,
): FigureSource {
  return {
    title: `${what} of run ${number}: ${name}`,
    path: `/runs/${id}`,
    runs: [{ number, name, config, summary: describeForFigure({ config, dataset }) }],
  }
}

/** Lists what every epoch measured. */
export function curvesTable({ config, metrics, pcaBaseline }: Pick<Run, 'config' | 'metrics' | 'pcaBaseline'>): FigureTable {
  const scored = scoredOn(config)
  return {
    columns: [
      'epoch',
      ...epochCatalog.map((row) => columnOf(titledRow(row, [config]))),
      'scored on',
      'pca components',
      `pca ${scored} mse`,
    ],
    rows: metrics.map((metric) => [
      metric.epoch,
      ...epochCatalog.map(({ id }) => metric[id]),
      scored,
      pcaBaseline?.components ?? null,
      pcaBaseline && scoredError(pcaBaseline),
    ]),
  }
}

/** Lists the pixels, 0…1, of each test image and of its reconstruction, row by row of the image. */
export function imagesTable(strips: DecodedStrips, exampleShape: readonly number[]): FigureTable {
  const { labels, epoch } = strips
  const count = labels.length
  const pixels = exampleShape.reduce((product, length) => product * length, 1)
  return {
    columns: ['example', 'label', 'epoch', 'what', ...Array.from({ length: pixels }, (_, index) => `pixel ${index}`)],
    rows: labels.flatMap((label, index) =>
      rowsOf(strips).map(([what, strip]) => [
        index,
        label,
        epoch,
        what,
        ...Array.from(readExample(strip, { index, count, exampleShape }), (value) => Number(value.toFixed(4))),
      ]),
    ),
  }
}

function rowsOf({ originals, corrupted, reconstructions }: DecodedStrips): [what: string, strip: HTMLImageElement][] {
  return [
    ['original', originals],
    ...(corrupted ? [['corrupted', corrupted] as [string, HTMLImageElement]] : []),
    ['reconstruction', reconstructions],
  ]
}

/** Lists each test point beside its reconstruction. */
export function pointsTable({ size, originals, reconstructions, epoch }: DecodedPoints): FigureTable {
  const count = Math.min(originals.length, reconstructions.length) / size
  const names = coordinateNames(size)
  return {
    columns: ['example', 'epoch', ...names, ...names.map((name) => `reconstructed ${name}`)],
    rows: Array.from({ length: count }, (_, index) => [
      index,
      epoch,
      ...[originals, reconstructions].flatMap((points) => names.map((_, axis) => points[size * index + axis] ?? null)),
    ]),
  }
}
