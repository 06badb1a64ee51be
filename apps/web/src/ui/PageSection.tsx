'use client'
import type { ReactNode } from 'react'
import { Guarded } from './Guarded'
import classes from './PageSection.module.css'
import { useWantedFigure } from './WantedFigure'

interface PageSectionProps {
  readonly id: string
  readonly title: string
  readonly note?: ReactNode
  readonly controls?: ReactNode
  readonly children: ReactNode
}

/** Sets one part of the page under a hairline and a heading; an exception in it leaves the other parts alone. */
export function PageSection({ id, title, note, controls, children }: PageSectionProps) {
  // Where one figure is wanted alone, several of one page may be shown: nothing else of it needs a name.
  if (useWantedFigure()) {
    return (
      <>
        {controls}
        <Guarded what={`“${title}”`}>{children}</Guarded>
      </>
    )
  }
  return (
    <section className={classes.root} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {note && <span className={classes.note}>{note}</span>}
        {controls && <div className={classes.controls}>{controls}</div>}
      </div>
      <Guarded what={`“${title}”`} shown={typeof note === 'string' ? `${title} ${note}` : title}>
        {children}
      </Guarded>
    </section>
  )
}
