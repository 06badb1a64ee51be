import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './term.module.css'

interface TermLinkProps {
  /** Its id in the glossary. */
  readonly term: string
  /** Whether it looks like other words until it is pointed at, and the keyboard goes past it. @default false */
  readonly isQuiet?: boolean
  readonly children: ReactNode
}

/** A word that leads to what the glossary says of it. */
export function TermLink({ term, isQuiet = false, children }: TermLinkProps) {
  return (
    <Link
      href={`/glossary#${term}`}
      className={classes.term}
      prefetch={false}
      data-quiet={isQuiet || undefined}
      tabIndex={isQuiet ? -1 : undefined}
    >
      {children}
    </Link>
  )
}
