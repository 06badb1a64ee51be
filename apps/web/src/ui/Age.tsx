'use client'

import { relativeTime } from './relativeTime'
import { useNow } from './useNow'

/** Shows how long ago something happened, and exactly when on hover. */
export function Age({ at }: { readonly at: string }) {
  const now = useNow()
  const then = Date.parse(at)
  return (
    <time dateTime={at} title={new Date(then).toLocaleString()}>
      {relativeTime(then, now)}
    </time>
  )
}
