'use client'

import Link from 'next/link'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { Age } from '../../ui/Age'
import { formatEstimate } from '../../ui/formatQuantity'
import { describeCounts, experimentStatus } from './describeExperiment'
import classes from './ExperimentsList.module.css'
import { ProgressTrack } from './ProgressTrack'
import type { ExperimentRow } from './useExperiments'

export interface ExperimentsListProps {
  readonly experiments: readonly ExperimentRow[]
}

/** Lists experiments, each a link to its page, with how far it is. */
export function ExperimentsList({ experiments }: ExperimentsListProps) {
  return (
    <ul className={classes.list} aria-label="Launched experiments">
      {experiments.map(({ id, number, name, quick, createdAt, statusCounts, progress }) => {
        const status = experimentStatus(statusCounts)
        const isActive = status === 'RUNNING' || status === 'QUEUED'
        return (
          <li key={id} className={classes.item} data-experiment={id}>
            <div className={classes.first}>
              <Link href={`/experiments/${encodeURIComponent(id)}`} className={classes.name} prefetch={false}>
                <span className={classes.number}>#{number}</span>
                <span className={classes.nameText}>{name}</span>
              </Link>
              {quick ? <span className={classes.quick}>Quick</span> : null}
            </div>
            <div className={classes.status}>{status ? <RunStatusMark status={status} /> : null}</div>
            <div className={classes.progress}>
              <span className={classes.counts}>{describeCounts(statusCounts)}</span>
              {isActive ? <ProgressTrack label={`Progress of ${name}`} fraction={progress.fraction} /> : null}
            </div>
            <span className={classes.left}>
              {isActive && progress.secondsLeft !== null ? `about ${formatEstimate(progress.secondsLeft)} left` : ''}
            </span>
            <span className={classes.age}>
              <Age at={createdAt} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
