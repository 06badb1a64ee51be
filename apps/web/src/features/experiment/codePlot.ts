import type { CodeCloud, DimensionSpread } from '@hourglass/autoencoders/latent'
import { labelColour } from '../../ui/labelColours'
import type { ScatterLayer } from '../../ui/paintLayers'
import { type Extent, widen } from '../../ui/plotExtent'
import { scatterCodes } from './scatterCodes'

export interface CodePlotOptions {
  readonly dimensions: readonly DimensionSpread[]
  readonly across: number
  /** Null for codes of one dimension: then every label has a height of its own. */
  readonly up: number | null
}

export interface CodePlot {
  readonly layers: readonly ScatterLayer[]
  readonly x: Extent
  readonly y: Extent
  /** Labels that occur, in ascending order. */
  readonly labels: readonly number[]
}

/** Lays codes out as dots over two of their dimensions, or over one and their labels, coloured by label. */
export function codePlot(cloud: CodeCloud | null, { dimensions, across, up }: CodePlotOptions): CodePlot {
  const labels = [...new Set(Array.from(cloud?.labels ?? []))].toSorted((a, b) => a - b)
  const x = widen(dimensions[across] ?? { minimum: -1, maximum: 1 })
  const y = up === null ? widen({ minimum: 0, maximum: Math.max(1, labels.length) }) : widen(dimensions[up] ?? { minimum: -1, maximum: 1 })
  if (cloud === null) return { layers: [], x, y, labels }
  const rows = new Map(labels.map((label, row) => [label, row]))
  const points = scatterCodes(cloud.codes, {
    size: dimensions.length,
    across,
    up: up ?? ((index) => rows.get(cloud.labels[index] ?? 0) ?? 0),
  })
  const colour = labels.length > 1 ? (index: number) => labelColour(cloud.labels[index] ?? 0) : '--hg-muted'
  return { layers: [{ kind: 'dots', points, colour, size: 1.6, opacity: 0.75 }], x, y, labels }
}
