import type { ReactNode } from 'react'
import classes from './TheirText.module.css'

interface TheirTextProps {
  /** What somebody else did meanwhile. */
  readonly said: string
  /** A text that is at stake; none is shown where it is empty. */
  readonly text: string
  /** What can be done about it. */
  readonly children: ReactNode
}

/** Says that somebody else has changed what is written here, with the text that is at stake. */
export function TheirText({ said, text, children }: TheirTextProps) {
  return (
    <div className={classes.root} role="alert">
      <p>{said}</p>
      {text !== '' && <pre className={classes.text}>{text}</pre>}
      {children}
    </div>
  )
}
