'use client'
import type { ReactNode, RefObject } from 'react'
import { createPortal } from 'react-dom'
import { useWantedFigure } from './WantedFigure'

interface FigureBodyProps {
  /** What the figure is called at its download. */
  readonly what: string
  readonly figure: RefObject<HTMLDivElement | null>
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** Holds what is shown, and taken away, of a figure. Where one figure of the page is wanted alone, it shows itself in the place for that, or not at all. */
export function FigureBody({ what, figure, className, children }: FigureBodyProps) {
  const wanted = useWantedFigure()
  if (wanted && wanted.what !== what) return null
  const body = (
    <div ref={figure} className={className}>
      {children}
    </div>
  )
  return wanted ? createPortal(body, wanted.place) : body
}
