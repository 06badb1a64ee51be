'use client'

import { type ReactNode, useRef } from 'react'
import classes from './Flash.module.css'

/** Shows a text that may change, and lights up for a moment when it does; not where motion is not wanted. */
export function Flash({ children }: { readonly children: string }): ReactNode {
  const first = useRef(children)
  const hasChanged = first.current !== children
  if (hasChanged) first.current = ''
  return (
    // Another key is another element, whose animation begins anew.
    <span key={children} className={classes.root} data-changed={hasChanged || undefined}>
      {children}
    </span>
  )
}
