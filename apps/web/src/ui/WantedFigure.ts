'use client'
import { createContext, type RefObject, useContext, useEffect } from 'react'
import type { FigureSource, FigureTable } from './FigureSource'

/** A figure as its page shows it. */
export interface ShownFigure {
  /** What it is called on its page. */
  readonly what: string
  readonly source: FigureSource
  /** The element that shows it. */
  readonly figure: RefObject<HTMLElement | null>
  /** Whether it is a table, of which no image is taken. */
  readonly isTable: boolean
  /** Whether what it shows is still being read. */
  readonly isReading: boolean
  readonly table: () => FigureTable | Promise<FigureTable>
}

/** The one figure of a page that is wanted, where nothing else of the page is shown. */
export interface WantedFigure {
  readonly what: string
  /** Where it is shown. */
  readonly place: HTMLElement
  /** Told of the figure whenever it is drawn, and with null when its page has it no more. */
  readonly onShown: (figure: ShownFigure | null) => void
  /** Told what the page says of what it lacks; null where it lacks nothing. */
  readonly onNote: (note: string | null) => void
}

/** Says that of the page inside one figure is wanted, and nothing else is shown. */
export const WantedFigureContext = createContext<WantedFigure | null>(null)

/** Reads which figure is wanted; null on a page that is shown as a whole. */
export function useWantedFigure(): WantedFigure | null {
  return useContext(WantedFigureContext)
}

/** Says beside a figure, where it alone is shown, what its page says of what it lacks. */
export function useFigureNote(note: string | null): void {
  const wanted = useWantedFigure()
  useEffect(() => {
    if (note === null || !wanted) return
    wanted.onNote(note)
    return () => wanted.onNote(null)
  }, [wanted, note])
}
