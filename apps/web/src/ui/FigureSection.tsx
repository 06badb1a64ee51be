'use client'
import { type ReactNode, useRef } from 'react'
import { FigureBody } from './FigureBody'
import { FigureDownload, type FigureDownloadProps } from './FigureDownload'
import { PageSection } from './PageSection'
import { useWantedFigure } from './WantedFigure'

interface FigureSectionProps extends Pick<FigureDownloadProps, 'source' | 'isDrawing'> {
  readonly id: string
  readonly title: string
  readonly note?: ReactNode
  /** What stands beside the download. */
  readonly controls?: ReactNode
  /** What the figure is called at its download. @default the title in lower case */
  readonly what?: string
  /** Gathers the figure's numbers; null while there is nothing to take away. */
  readonly table: FigureDownloadProps['table'] | null
  /** What is no part of what is taken away: that it loads, or could not be read. */
  readonly state?: ReactNode
  /** The figure. */
  readonly children: ReactNode
}

/** Frames a figure: a heading, what there is to know of it, its state, and an image and a table to take away. */
export function FigureSection({
  id,
  title,
  note,
  controls,
  what = title.toLowerCase(),
  source,
  isDrawing = false,
  table,
  state,
  children,
}: FigureSectionProps) {
  const figure = useRef<HTMLDivElement>(null)
  const wanted = useWantedFigure()
  if (wanted && wanted.what !== what) return null
  return (
    <PageSection
      id={id}
      title={title}
      note={note}
      controls={
        <>
          {controls}
          {table && <FigureDownload what={what} source={source} isDrawing={isDrawing} figure={figure} table={table} />}
        </>
      }
    >
      <FigureBody what={what} figure={figure}>
        {children}
      </FigureBody>
      {state}
    </PageSection>
  )
}
