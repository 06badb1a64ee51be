'use client'

import { Button } from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import { formatCount } from '../../ui/formatQuantity'
import { ExperimentsList } from './ExperimentsList'
import classes from './LatestExperiments.module.css'
import { latestExperiments } from './latestExperiments'
import type { ExperimentRow } from './useExperiments'

export interface LatestExperimentsProps {
  /** The newest first. */
  readonly experiments: readonly ExperimentRow[]
  /** How many there are, with those that were not read yet. */
  readonly totalCount: number
  /** Reads further ones; undefined where there are none. */
  readonly onLoadMore: (() => Promise<unknown>) | undefined
}

/** Lists the latest experiments and those that train, and all of them when that is asked for. */
export function LatestExperiments({ experiments, totalCount, onLoadMore }: LatestExperimentsProps) {
  const [showsAll, setShowsAll] = useState(false)
  const list = useId()
  const [isLoading, setIsLoading] = useState(false)
  const latest = latestExperiments(experiments)

  useEffect(() => {
    if (!showsAll || !onLoadMore || isLoading) return
    setIsLoading(true)
    onLoadMore().then(
      () => setIsLoading(false),
      () => {
        // It is asked for again with the next click.
        setIsLoading(false)
        setShowsAll(false)
      },
    )
  }, [showsAll, onLoadMore, isLoading])

  return (
    <>
      <div id={list}>
        <ExperimentsList experiments={showsAll ? experiments : latest} />
      </div>
      {latest.length < totalCount ? (
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.all ?? ''}
          aria-expanded={showsAll}
          aria-controls={list}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? 'Show the latest only' : `Show all ${formatCount(totalCount)}`}
        </Button>
      ) : null}
    </>
  )
}
