'use client'
import { type RefObject, useCallback } from 'react'
import { useAnswer } from '../../data/useAnswer'
import { useKept } from '../../files/useKept'
import type { ShownFigure } from '../../ui/WantedFigure'
import { FigureTableView } from './FigureTableView'

interface LiveTableProps {
  readonly label: string
  readonly shown: RefObject<ShownFigure | null>
  /** Counts how often its page drew it. */
  readonly drawings: number
}

/** Shows the table of a live figure as its page has it now. */
export function LiveTable({ label, shown, drawings }: LiveTableProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: its page may have other numbers whenever it is drawn
  const ask = useCallback(async () => (await shown.current?.table()) ?? null, [shown, drawings])
  // While its page has none, the one before stays.
  const table = useKept(useAnswer(ask).answer)
  return (
    table && (
      <FigureTableView label={label} columns={table.columns} rows={table.rows.map((row) => row.map((value) => String(value ?? '')))} />
    )
  )
}
