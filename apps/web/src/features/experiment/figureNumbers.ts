import { createContext, type RefObject, use, useEffect } from 'react'
import type { FigureTable } from '../../ui/FigureSource'
import type { ExperimentRun } from './useExperiment'

/** What the rows of a figure have to say in numbers, by run; asked only when they are wanted. */
export type RowNumbers = Map<string, () => FigureTable>

/** Where the rows of a figure leave their numbers for its download. */
export const FigureNumbers = createContext<RefObject<RowNumbers> | null>(null)

/** Leaves the numbers that a row shows of a run; null while there are none. */
export function useRowNumbers(runId: string, numbers: (() => FigureTable) | null): void {
  const collected = use(FigureNumbers)
  useEffect(() => {
    const rows = collected?.current
    if (!rows || !numbers) return
    rows.set(runId, numbers)
    return () => {
      rows.delete(runId)
    }
  }, [collected, runId, numbers])
}

/** Puts the numbers of all rows into one table, with the run before each; null where there are none. A cell is empty where its row has no such column. */
export function joinNumbers(runs: readonly ExperimentRun[], rows: RowNumbers): FigureTable | null {
  const tables = runs.flatMap((run) => {
    const table = rows.get(run.id)?.()
    return table ? [{ run, table }] : []
  })
  if (tables.length === 0) return null
  const columns = [...new Set(tables.flatMap(({ table }) => table.columns))]
  return {
    columns: ['run', 'label', ...columns],
    rows: tables.flatMap(({ run, table }) => {
      const places = columns.map((column) => table.columns.indexOf(column))
      return table.rows.map((row) => [run.number, run.label, ...places.map((place) => row[place] ?? null)])
    }),
  }
}
