import {
  type EpochValueId,
  type Measurement,
  type MetricId,
  measurementCatalog,
  measurementTerm,
  nameWithUnit,
} from '@hourglass/autoencoders'
import type { TitledTerm } from '../../ui/TermTitle'

const rows: readonly Measurement[] = measurementCatalog

/** Titles a number that was measured, by its name in the catalog unless it has another one here, with its definition and its term. */
export function measuredTitle(id: MetricId | EpochValueId, title?: string): TitledTerm {
  const row = rows.find((each) => each.id === id)
  if (!row) throw new TypeError(`measurement: expected one of ${rows.map((each) => each.id).join(', ')}, got ${id}`)
  return { ...titleOf(row), ...(title === undefined ? {} : { title }) }
}

/** Titles a number by its row of the catalog. */
export function titleOf(row: Measurement): TitledTerm {
  return { title: nameWithUnit(row), term: measurementTerm(row.id), definition: row.description, formula: row.formula }
}
