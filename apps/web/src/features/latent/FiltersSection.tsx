'use client'
import { Skeleton } from '@mantine/core'
import { FilterImages, filtersTable } from '../../entities/model/FilterImages'
import { type FiltersSource, useFilters } from '../../entities/model/useFilters'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource } from '../../ui/FigureSource'
import { Unread } from '../../ui/Unread'

interface FiltersSectionProps extends FiltersSource {
  readonly epoch: number
  readonly source: FigureSource
}

/** Shows what the first layer of an epoch looks for in images, and what its last layer adds to them. */
export function FiltersSection({ epoch, source, ...checkpoint }: FiltersSectionProps) {
  const { layers, error, retry } = useFilters(checkpoint)
  return (
    <FigureSection
      id="run-filters"
      title="Filters"
      note={`Weights between units and pixels, or of convolutions, as images, epoch ${epoch}; grey is 0`}
      source={source}
      table={layers && (() => filtersTable(layers))}
      state={error ? <Unread what="The weights" onRetry={retry} /> : layers ? null : <Skeleton height={220} />}
    >
      {layers && <FilterImages layers={layers} />}
    </FigureSection>
  )
}
