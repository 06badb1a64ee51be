'use client'
import { type LayerFilters, largestMagnitude } from '@hourglass/autoencoders/latent'
import type { FigureTable } from '../../ui/FigureSource'
import { formatLoss } from '../../ui/formatQuantity'
import { SignedImages } from '../analysis/SignedImages'
import classes from './FilterImages.module.css'

interface FilterImagesProps {
  readonly layers: readonly LayerFilters[]
}

const titles = { encoder: 'First layer of the encoder', decoder: 'Last layer of the decoder' } as const

/** Draws the weights of layers as images, each layer on a scale of its own: grey is 0, white and black are its largest weight in size. */
export function FilterImages({ layers }: FilterImagesProps) {
  return (
    <div className={classes.root} data-testid="filters">
      {layers.map((layer) => (
        <Layer key={layer.of} layer={layer} />
      ))}
    </div>
  )
}

function Layer({ layer: { of, total, filters, sides } }: { readonly layer: LayerFilters }) {
  const largest = Math.max(0, ...filters.map(({ weights }) => largestMagnitude(weights)))
  const shown =
    filters.length < total ? `the ${filters.length} with the largest weights of ${total}` : `all ${total}, the largest weights first`
  return (
    <figure className={classes.layer} aria-label={`${titles[of]}: ${shown}`}>
      <figcaption className={classes.title}>
        {titles[of]} <span className={classes.note}>{`${shown}; white is ${formatLoss(largest)}, black −${formatLoss(largest)}`}</span>
      </figcaption>
      <SignedImages
        sides={sides}
        images={filters.map(({ unit, weights }) => ({
          key: unit,
          title: `Number ${unit + 1}: weights of up to ${formatLoss(largestMagnitude(weights))}`,
          values: weights,
        }))}
      />
    </figure>
  )
}

/** Lists the weights that are drawn, row by row of each image. */
export function filtersTable(layers: readonly LayerFilters[]): FigureTable {
  const places = Math.max(0, ...layers.map(({ sides: [height, width] }) => height * width))
  return {
    columns: ['layer', 'number', ...Array.from({ length: places }, (_, place) => `weight ${place + 1}`)],
    rows: layers.flatMap(({ of, filters }) =>
      filters.map(({ unit, weights }) => [of, unit + 1, ...Array.from({ length: places }, (_, place) => weights[place] ?? null)]),
    ),
  }
}
