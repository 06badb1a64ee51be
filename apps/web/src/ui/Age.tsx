'use client'

import { relativeTime, shortAge } from './relativeTime'
import { useNow } from './useNow'

interface AgeProps {
  readonly at: string
  /** Leaves out the words, where a heading says what it is. */
  readonly short?: boolean
}

/** Shows how long ago something happened, and exactly when on hover. */
export function Age({ at, short = false }: AgeProps) {
  const now = useNow()
  const then = Date.parse(at)
  return (
    <time dateTime={at} title={new Date(then).toLocaleString()}>
      {short ? shortAge(then, now) : relativeTime(then, now)}
    </time>
  )
}
