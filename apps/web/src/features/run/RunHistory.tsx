'use client'
import { Skeleton } from '@mantine/core'
import { Age } from '../../ui/Age'
import { Unread } from '../../ui/Unread'
import classes from './RunHistory.module.css'
import { useRunHistory } from './useRunHistory'

/** Lists what happened to a run, the newest first. */
export function RunHistory({ id }: { readonly id: string }) {
  const { entries, failed, retry } = useRunHistory(id)
  if (!entries) return failed ? <Unread what="The history" onRetry={retry} /> : <Skeleton height={150} mt={14} />
  return (
    <ol className={classes.root} data-testid="run-history">
      {entries.toReversed().map(({ seq, at, line }) => (
        <li key={seq}>
          <span>{line}</span>
          <span className={classes.at}>
            <Age at={at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
