import type { ReactNode } from 'react'
import classes from './RunSection.module.css'

interface RunSectionProps {
  readonly id: string
  readonly title: string
  readonly note?: ReactNode
  readonly controls?: ReactNode
  readonly children: ReactNode
}

/** Sets one part of the page under a hairline and a heading. */
export function RunSection({ id, title, note, controls, children }: RunSectionProps) {
  return (
    <section className={classes.root} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {note && <span className={classes.note}>{note}</span>}
        {controls && <div className={classes.controls}>{controls}</div>}
      </div>
      {children}
    </section>
  )
}
