'use client'
import { createContext, useContext } from 'react'
import type { ShownFigure } from './WantedFigure'

/** Puts a figure into something that is kept. */
export type KeepFigure = (figure: ShownFigure) => void

/** Where figures can be put; null where there is no such place. */
export const FigureKeeperContext = createContext<KeepFigure | null>(null)

/** Reads how a figure is put into a report; null where that cannot be. */
export function useFigureKeeper(): KeepFigure | null {
  return useContext(FigureKeeperContext)
}
