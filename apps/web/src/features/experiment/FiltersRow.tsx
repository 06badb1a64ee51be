'use client'

import { useMemo } from 'react'
import { FilterImages, filtersTable } from '../../entities/model/FilterImages'
import { useFilters } from '../../entities/model/useFilters'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

/** Shows the weights of a run's first and last layer. */
export function FiltersRow({ run }: RowProps) {
  return <ModelRow run={run}>{(opened) => <Filters {...opened} />}</ModelRow>
}

function Filters({ run, model, architecture, exampleShape }: OpenedModel) {
  const { layers, error, retry } = useFilters({ architecture, exampleShape, url: model.url })
  const numbers = useMemo(() => layers && (() => filtersTable(layers)), [layers])
  useRowNumbers(run.id, numbers)
  if (layers) return <FilterImages layers={layers} />
  return error ? <Unread what="The weights" onRetry={retry} /> : <Waiting />
}
