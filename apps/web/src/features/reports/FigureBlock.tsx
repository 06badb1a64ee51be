'use client'
import Link from 'next/link'
import { useCallback, useState } from 'react'
import type { DrawPage } from './DrawPage'
import classes from './FigureBlock.module.css'
import { FigureForm } from './FigureForm'
import { KeptFigure } from './KeptFigure'
import { LiveFigure, type LiveHandle } from './LiveFigure'
import type { ReportFigure } from './useReport'

interface FigureBlockProps {
  readonly reportId: string
  readonly block: string
  readonly figure: ReportFigure
  readonly drawPage: DrawPage
  /** Whether it is drawn wherever on the page it is. */
  readonly isAsked: boolean
  readonly isEdited: boolean
  readonly onClose: () => void
  readonly onHandle: (block: string, handle: LiveHandle | null) => void
}

/** Shows a figure of a report, as it was kept or live, with what is said of it and where it was made. */
export function FigureBlock({ reportId, block, figure, drawPage, isAsked, isEdited, onClose, onHandle }: FigureBlockProps) {
  const [handle, setHandle] = useState<LiveHandle | null>(null)
  const [note, setNote] = useState<string | null>(null)
  const [isDrawn, setDrawn] = useState(false)
  const [isPreviewed, setPreviewed] = useState(false)
  const keepHandle = useCallback(
    (next: LiveHandle | null) => {
      setHandle(next)
      onHandle(block, next)
    },
    [block, onHandle],
  )
  const { caption, path, isLive, takenAt, imageUrl, tableUrl } = figure
  const isDrawnAnew = isLive || (isEdited && isPreviewed)
  const isKept = !isDrawnAnew || !isDrawn
  const taken = new Date(takenAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  const kept = <KeptFigure figure={figure} />
  return (
    <>
      {isDrawnAnew ? (
        <LiveFigure
          figure={figure}
          drawPage={drawPage}
          isAsked={isAsked || isEdited}
          kept={kept}
          onHandle={keepHandle}
          onNote={setNote}
          onDrawn={setDrawn}
        />
      ) : (
        kept
      )}
      {isDrawnAnew && note !== null && (
        <p className={classes.note} role="status">
          {note}
        </p>
      )}
      {caption !== '' && <p className={classes.caption}>{caption}</p>}
      <p className={classes.origin} data-testid="figure-origin">
        <span>{isKept ? `As it was on ${taken}` : isLive ? 'Live' : 'As it is now'}</span>
        <Link href={path}>Open its page</Link>
        {isKept && imageUrl !== null && (
          <a href={imageUrl} target="_blank" rel="noopener">
            Image (PNG)
          </a>
        )}
        {isKept && tableUrl !== null && (
          <a href={tableUrl} download>
            Numbers (CSV)
          </a>
        )}
      </p>
      {isEdited && (
        <FigureForm
          reportId={reportId}
          block={block}
          figure={figure}
          take={handle?.take ?? null}
          onPreview={setPreviewed}
          onClose={() => {
            setPreviewed(false)
            onClose()
          }}
        />
      )}
    </>
  )
}
