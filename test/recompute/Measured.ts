import type { RunConfig } from '@hourglass/autoencoders'
import { type Dataset, datasetCatalog, type Split, shuffledIndices } from '@hourglass/datasets'
import type { Network, Row } from './network.js'

export type Metrics = Readonly<Record<string, number>>

/** What a run looked at of its data, and what it was: all that its measurements are recomputed from. */
export interface Measured {
  readonly config: RunConfig
  readonly network: Network
  readonly dataset: Dataset
  /** How many examples each part says that it looked at. */
  readonly counts: Readonly<Record<string, number>>
  /** The λ that the probe of each subject is said to have. */
  readonly regularizations: Readonly<Record<string, number | null | undefined>>
}

const rowsOfSplits = new WeakMap<Split, readonly Row[]>()

/** Rows of a split, pixels as 0…1. Nobody writes into them. */
export function rowsOf(split: Split): readonly Row[] {
  const known = rowsOfSplits.get(split)
  if (known) return known
  const rows = readRows(split)
  rowsOfSplits.set(split, rows)
  return rows
}

function readRows({ values, count }: Split): readonly Row[] {
  const size = values.length / count
  const scale = values instanceof Uint8Array ? Math.fround(1 / 255) : 1
  return Array.from({ length: count }, (_, row) =>
    Float64Array.from(values.subarray(row * size, (row + 1) * size), (value) => Math.fround(value * scale)),
  )
}

export function sidesOf({ exampleShape: [height, width] }: Dataset): readonly [number, number] | undefined {
  return height !== undefined && width !== undefined ? [height, width] : undefined
}

const orders = new Map<string, Uint32Array>()

/** Places in the order in which examples are drawn for measures that look at few. */
export function placesOf({ dataset }: Measured, split: 'train' | 'test', count: number): readonly number[] {
  const whole = datasetCatalog[dataset.id][split === 'train' ? 'trainCount' : 'testCount']
  const length = Math.max(whole, dataset[split].count)
  const order = orders.get(`${split} ${length}`) ?? shuffledIndices(length, { seed: 0, stream: `analysis/${split}` })
  orders.set(`${split} ${length}`, order)
  return [...order.filter((index) => index < dataset[split].count).subarray(0, count)]
}

export const pick = <Item>(items: ArrayLike<Item>, places: readonly number[]): Item[] => places.map((place) => items[place] as Item)
