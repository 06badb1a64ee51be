'use client'
import { type RefObject, useEffect, useState } from 'react'
import type { FigureTable } from '../../ui/FigureSource'
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
  const [table, setTable] = useState<FigureTable | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: its page may have other numbers whenever it is drawn
  useEffect(() => {
    let isWanted = true
    void Promise.resolve(shown.current?.table()).then((next) => {
      if (isWanted && next) setTable((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    })
    return () => {
      isWanted = false
    }
  }, [shown, drawings])
  return (
    table && (
      <FigureTableView label={label} columns={table.columns} rows={table.rows.map((row) => row.map((value) => String(value ?? '')))} />
    )
  )
}
