import type { RunConfig } from '@hourglass/autoencoders'
import { Corruptor, createRandom } from '@hourglass/datasets'
import { comparison } from './comparison.js'
import { type Components, project, restore } from './linearAlgebra.js'
import { type Measured, type Metrics, pick, placesOf, rowsOf, sidesOf } from './Measured.js'
import { columnsOf, mean, varianceOf } from './measures.js'
import { decode, encode, type Row } from './network.js'

export function corruptedOf(
  measured: Measured,
  test: readonly Row[],
  components: Components,
  kept: number,
): Readonly<Record<string, Metrics>> {
  const { config, network, dataset } = measured
  if (config.corruption.kind === 'none') return {}
  const compare = comparison(measured, test)
  const corrupted = corrupt(config, test, { seed: 0, stream: 'corruption/in order' })
  const sides = sidesOf(dataset)
  return {
    DENOISED: compare(corrupted.map((row) => decode(network, encode(network, row)))),
    CORRUPTED: compare(corrupted),
    CORRUPTED_PCA: compare(corrupted.map((row) => restore(components, project(components, row, kept)))),
    WIENER_FILTER: compare(filterLinearly(measured, corrupted, components)),
    ...(sides ? { MEDIAN_FILTER: compare(corrupted.map((row) => medianOf(row, sides))) } : {}),
  }
}

/** Corrupts rows with the random numbers of their places: what is drawn is given, what is made of it is measured. */
export function corrupt(
  { corruption }: RunConfig,
  rows: readonly Row[],
  { seed, stream }: { seed: number; stream: string },
): readonly Row[] {
  const size = rows[0]?.length ?? 0
  if (corruption.kind === 'none' || size === 0) return rows
  const corruptor = new Corruptor({ corruption, exampleSize: size, batchSize: rows.length })
  const values = corruptor.corrupt(Float32Array.from(rows.flatMap((row) => [...row])), createRandom(seed, stream), 0)
  return rows.map((_, row) => Float64Array.from(values.subarray(row * size, (row + 1) * size)))
}

/** The best affine guess of each principal component by itself, from training examples corrupted alike. */
function filterLinearly(measured: Measured, corrupted: readonly Row[], components: Components): readonly Row[] {
  const rows = pick(rowsOf(measured.dataset.train), placesOf(measured, 'train', 2000))
  const all = components.directions.length
  const clean = columnsOf(rows.map((row) => project(components, row, all)))
  const seen = columnsOf(
    corrupt(measured.config, rows, { seed: 0, stream: 'corruption/analysis/filter' }).map((row) => project(components, row, all)),
  )
  const gains = seen.map((column, index) => {
    const [centre, target] = [mean([...column]), clean[index] ?? column]
    const covariance = mean(Array.from(column, (value, row) => (value - centre) * (target[row] ?? 0)))
    return { centre, target: mean([...target]), gain: covariance / varianceOf(column) }
  })
  return corrupted.map((row) =>
    restore(
      components,
      project(components, row, all).map((value, index) => {
        const { centre, target, gain } = gains[index] ?? { centre: 0, target: 0, gain: 0 }
        return target + gain * (value - centre)
      }),
    ),
  )
}

function medianOf(row: Row, [height, width]: readonly [number, number]): Row {
  return row.map((_, place) => {
    const [top, left] = [Math.floor(place / width), place % width]
    const around = [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].flatMap((dx) => {
        const [y, x] = [top + dy, left + dx]
        return y < 0 || x < 0 || y >= height || x >= width ? [] : [row[y * width + x] ?? 0]
      }),
    )
    around.sort((a, b) => a - b)
    const middle = (around.length - 1) / 2
    return ((around[Math.floor(middle)] ?? 0) + (around[Math.ceil(middle)] ?? 0)) / 2
  })
}
