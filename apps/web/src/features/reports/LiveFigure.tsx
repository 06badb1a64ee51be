'use client'
import { useIntersection } from '@mantine/hooks'
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Guarded } from '../../ui/Guarded'
import { type TakenFigure, takeFigure } from '../../ui/takeFigure'
import { type ShownFigure, type WantedFigure, WantedFigureContext } from '../../ui/WantedFigure'
import type { DrawPage } from './DrawPage'
import classes from './LiveFigure.module.css'
import { LiveTable } from './LiveTable'
import { StoredAddress } from './StoredAddress'
import type { ReportFigure } from './useReport'

/** How far below the window a figure is drawn already. */
const NEAR = '600px'

/** What can be had of a live figure. */
export interface LiveHandle {
  /** Draws it as it is now; null while its page does not show it. */
  readonly take: (() => Promise<TakenFigure>) | null
  /** Whether its page has said that something is missing. */
  readonly isMissing: boolean
}

interface LiveFigureProps {
  readonly figure: ReportFigure
  readonly drawPage: DrawPage
  /** Whether it is drawn wherever it is. */
  readonly isAsked: boolean
  /** What stands there until it is drawn, or where it cannot be. */
  readonly kept: ReactNode
  readonly onHandle: (handle: LiveHandle | null) => void
  /** Told what its page says of what it lacks; null where it lacks nothing. */
  readonly onNote: (note: string | null) => void
  /** Told whether it is drawn. */
  readonly onDrawn: (isDrawn: boolean) => void
}

/** Draws a figure anew of what the lab has now: its page is there with the stored address, and shows of itself the figure alone. */
export function LiveFigure({ figure, drawPage, isAsked, kept, onHandle, onNote, onDrawn }: LiveFigureProps) {
  const { path, name, alternative, title } = figure
  const { ref, entry } = useIntersection({ rootMargin: NEAR })
  const [wasNear, setWasNear] = useState(false)
  if (!wasNear && (entry?.isIntersecting || isAsked)) setWasNear(true)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const shown = useRef<ShownFigure | null>(null)
  const [isDrawn, setDrawn] = useState(false)
  const [isTable, setIsTable] = useState(false)
  const [note, setNote] = useState<string | null>(null)
  /** Counts how often its page drew it. */
  const [drawings, setDrawings] = useState(0)
  const { pathname, search } = useMemo(() => new URL(path, 'http://lab.invalid'), [path])
  const page = useMemo(() => drawPage(pathname), [drawPage, pathname])

  const wanted = useMemo<WantedFigure | null>(
    () =>
      place && {
        what: name,
        place,
        onShown: (next) => {
          shown.current = next
          setDrawn(next !== null && !next.isReading)
          setIsTable(next?.isTable ?? false)
          if (next?.isTable) setDrawings((before) => before + 1)
        },
        onNote: setNote,
      },
    [name, place],
  )
  useEffect(() => {
    const take = async () => {
      if (!shown.current) throw new Error('Its page does not show the figure any more.')
      return takeFigure(shown.current)
    }
    onHandle({ take: isDrawn ? take : null, isMissing: page === null || (note !== null && !isDrawn) })
    return () => onHandle(null)
  }, [onHandle, isDrawn, note, page])
  useEffect(() => onNote(page === null ? 'No page of this lab draws it live.' : note), [onNote, note, page])
  useEffect(() => onDrawn(isDrawn), [onDrawn, isDrawn])

  // That something was told of the page is no reason to draw it again, which it would tell of.
  const drawn = useMemo(
    () =>
      wanted &&
      page !== null && (
        <div hidden>
          <Guarded what="The figure">
            <WantedFigureContext value={wanted}>
              <StoredAddress search={search}>
                <Suspense fallback={null}>{page}</Suspense>
              </StoredAddress>
            </WantedFigureContext>
          </Guarded>
        </div>
      ),
    [wanted, page, search],
  )

  const said = isDrawn && !isTable ? { role: 'img', 'aria-label': alternative || title } : {}
  return (
    <div ref={ref} className={classes.root} data-testid="live-figure" data-drawn={isDrawn || undefined}>
      {!isDrawn && kept}
      {isDrawn && isTable && <LiveTable label={title} shown={shown} drawings={drawings} />}
      <div className={isDrawn ? undefined : classes.waiting} {...said}>
        {/* A figure that is an image to its readers: what it would do, it does on its page. */}
        <div ref={setPlace} inert className={classes.place} />
      </div>
      {wasNear && drawn}
    </div>
  )
}
