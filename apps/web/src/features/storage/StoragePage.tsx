'use client'

import { Button, Skeleton } from '@mantine/core'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { DeleteRunsDialog } from '../../entities/run/DeleteRunsDialog'
import { purgeRuns } from '../../entities/run/runActions'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import { Unreachable } from '../../ui/Unreachable'
import { ExperimentUsageTable } from './ExperimentUsageTable'
import { Pager } from './Pager'
import { ReportsSection } from './ReportsSection'
import { RetentionSection } from './RetentionSection'
import { RunUsageTable } from './RunUsageTable'
import classes from './StoragePage.module.css'
import { EXPERIMENTS_PAGE, PAGE, pagesOf, storageView } from './storageView'
import { kindLabel, partWords } from './storageWords'
import { TrashSection } from './TrashSection'
import { UsageBars } from './UsageBars'
import { useRetention } from './useRetention'
import { useStorage } from './useStorage'

/** Shows what of the lab uses how much of the disk, and deletes runs to give it back. */
export function StoragePage() {
  const [view, setView] = useQueryStates(storageView)
  const { storage, error, refetch } = useStorage({
    first: PAGE,
    skip: (Math.max(1, view.page) - 1) * PAGE,
    orderBy: view.sort,
    direction: view.direction,
    experimentsFirst: EXPERIMENTS_PAGE,
    experimentsSkip: (Math.max(1, view.experiments) - 1) * EXPERIMENTS_PAGE,
  })
  const { retention, apply, isAsking: isApplyAsked } = useRetention(refetch)
  const remove = useAction(purgeRuns)
  const [selected, setSelected] = useState<readonly string[]>([])
  const [isAsking, setAsking] = useState(false)

  if (!storage)
    return error ? <Unreachable error={error} /> : <Skeleton height={300} role="status" aria-label="Loading what uses how much" />
  const { disk, parts, kinds, runs, experiments } = storage
  const used = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  // What is chosen and no longer on the page stands for nothing that could be seen.
  const chosen = runs.nodes.filter(({ run }) => selected.includes(run.id))
  const chosenBytes = chosen.reduce((sum, { bytes }) => sum + bytes, 0)
  const confirmDelete = async () => {
    if (!(await remove.run({ runs: { ids: chosen.map(({ run }) => run.id) } })).data) return
    setSelected([])
    setAsking(false)
    const pages = pagesOf(runs.totalCount - chosen.length, PAGE)
    if (view.page > pages) await setView({ page: pages })
    refetch()
  }
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Storage</h1>
        <p className={classes.sum}>
          The lab uses <b>{formatBytes(used)}</b>
          {disk && `; ${formatBytes(disk.freeBytes)} of the disk’s ${formatBytes(disk.totalBytes)} are free`}.
        </p>
      </div>
      <div className={classes.overview}>
        <UsageBars
          caption="By place"
          bars={parts
            .filter(({ bytes }) => bytes > 0)
            .toSorted((one, other) => other.bytes - one.bytes)
            .map(({ part, files, bytes }) => ({ key: part, ...partWords[part], files, bytes }))}
        />
        <UsageBars
          caption="Files of runs, by kind"
          bars={kinds
            .filter(({ files }) => files > 0)
            .map(({ type, files, bytes }) => ({ key: type, label: kindLabel(type), files, bytes }))}
        />
      </div>
      {retention && <RetentionSection retention={retention} isAsking={isApplyAsked} onApply={() => void apply()} />}
      {experiments.totalCount > 0 && (
        <section aria-labelledby="by-experiment" className={classes.section}>
          <h2 id="by-experiment" className={classes.subtitle}>
            Experiments
          </h2>
          <ExperimentUsageTable rows={experiments.nodes} />
          <Pager
            noun="experiments"
            page={view.experiments}
            size={EXPERIMENTS_PAGE}
            totalCount={experiments.totalCount}
            onPage={(page) => setView({ experiments: page })}
          />
        </section>
      )}
      <section aria-labelledby="by-run" className={classes.section}>
        <div className={classes.runsHead}>
          <h2 id="by-run" className={classes.subtitle}>
            Runs
          </h2>
          {chosen.length > 0 && (
            <Button size="compact-sm" color="red" variant="light" onClick={() => setAsking(true)}>
              Delete {formatCount(chosen.length)} ({formatBytes(chosenBytes)})
            </Button>
          )}
        </div>
        {runs.nodes.length === 0 ? (
          <p className={classes.none}>No run has files.</p>
        ) : (
          <RunUsageTable
            rows={runs.nodes}
            sort={view.sort}
            descending={view.direction === 'DESC'}
            onSort={(sort, descending) => setView({ sort, direction: descending ? 'DESC' : 'ASC', page: 1 })}
            selected={selected}
            onSelect={setSelected}
          />
        )}
        <Pager noun="runs" page={view.page} size={PAGE} totalCount={runs.totalCount} onPage={(page) => setView({ page })} />
      </section>
      <ReportsSection />
      <TrashSection onChanged={refetch} />
      <DeleteRunsDialog
        runs={isAsking ? chosen.map(({ run }) => run) : []}
        isForGood
        deleting={remove.isRunning}
        onConfirm={confirmDelete}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
