import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './term.module.css'

interface TermLinkProps {
  /** Its id in the glossary. */
  readonly term: string
  readonly children: ReactNode
}

/** A word that leads to what the glossary says of it. */
export function TermLink({ term, children }: TermLinkProps) {
  return (
    <Link href={`/glossary#${term}`} className={classes.term} prefetch={false}>
      {children}
    </Link>
  )
}
