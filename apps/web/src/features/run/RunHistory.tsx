'use client'
import { Skeleton } from '@mantine/core'
import { Fragment, useMemo } from 'react'
import { Unread } from '../../ui/Unread'
import { historyLines } from './historyLines'
import classes from './RunHistory.module.css'
import { useRunHistory } from './useRunHistory'

/** Lists what happened to a run, the newest first. */
export function RunHistory({ id }: { readonly id: string }) {
  const { entries, failed, retry } = useRunHistory(id)
  const lines = useMemo(() => entries && historyLines(entries), [entries])
  if (!lines) return failed ? <Unread what="The history" onRetry={retry} /> : <Skeleton height={150} mt={14} />
  return (
    <ol className={classes.root} data-testid="run-history">
      {lines.map(({ seq, at, line, time, day, since }) => (
        <Fragment key={seq}>
          {day && <li className={classes.day}>{day}</li>}
          <li>
            <time className={classes.time} dateTime={at}>
              {time}
            </time>
            <span className={classes.line}>{line}</span>
            {since && (
              <span className={classes.since} title="Since the line below">
                {since}
              </span>
            )}
          </li>
        </Fragment>
      ))}
    </ol>
  )
}
