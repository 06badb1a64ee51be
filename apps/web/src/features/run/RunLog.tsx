'use client'
import { SegmentedControl, Skeleton, TextInput } from '@mantine/core'
import { IconExternalLink, IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { runStatuses } from '../../entities/run/runStatus'
import type { Run } from '../../entities/run/useRun'
import { formatCount } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import { LogLines } from './LogLines'
import classes from './RunLog.module.css'
import type { RunViewState } from './runView'
import { useRunLog } from './useRunLog'

interface RunLogProps {
  readonly run: Pick<Run, 'status' | 'logUrl' | 'lastSeq' | 'progress'>
  readonly view: Pick<RunViewState, 'find' | 'level'>
  readonly onView: (changes: Partial<RunViewState>) => void
}

/** Shows what the run's worker says, live, its newest line in sight unless somebody scrolls up. */
export function RunLog({ run: { status, logUrl, lastSeq, progress }, view: { find, level }, onView }: RunLogProps) {
  const { active } = runStatuses[status]
  const { lines, isMissing, failed, retry } = useRunLog(
    logUrl,
    `${status} ${lastSeq} ${progress?.stage} ${progress?.epoch} ${progress?.step}`,
  )
  const shown = useMemo(() => {
    const wanted = find.trim().toLowerCase()
    return lines?.filter(
      (line) => (level === 'all' || line.level !== 'said') && (wanted === '' || line.text.toLowerCase().includes(wanted)),
    )
  }, [lines, find, level])
  if (failed) return <Unread what="The log" onRetry={retry} />
  if (!lines || !shown) return <Skeleton height={280} mt={14} />
  if (isMissing || lines.length === 0) {
    return (
      <p className={classes.empty}>
        {active
          ? 'Nothing said yet: lines appear once a worker begins.'
          : 'No log is kept of this run: it was never given to a worker here.'}
      </p>
    )
  }
  const isAll = shown.length === lines.length
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <TextInput
          size="xs"
          aria-label="Lines with"
          placeholder="Lines with…"
          leftSection={<IconSearch size={13} />}
          value={find}
          onChange={(event) => onView({ find: event.currentTarget.value })}
        />
        <SegmentedControl
          size="xs"
          aria-label="Lines that are shown"
          value={level}
          onChange={(value) => onView({ level: value === 'warnings' ? 'warnings' : 'all' })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'warnings', label: 'Warnings and errors' },
          ]}
        />
        <span className={classes.note} aria-live="polite">
          {isAll ? `${formatCount(lines.length)} lines` : `${formatCount(shown.length)} of ${formatCount(lines.length)} lines`}
        </span>
        <a className={classes.link} href={logUrl} target="_blank" rel="noreferrer">
          <IconExternalLink size={14} aria-hidden /> Open the file
        </a>
      </div>
      {shown.length === 0 ? <p className={classes.empty}>No such lines.</p> : <LogLines lines={shown} />}
    </div>
  )
}
