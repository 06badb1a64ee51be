import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useMemo } from 'react'
import { RankingNote } from './RankingNote'
import classes from './RunsPage.module.css'
import { RunsTable, type RunsTableProps } from './RunsTable'
import { runItems } from './tableItems'
import { useHeldRuns } from './useHeldRuns'
import type { RunId, useRuns } from './useRuns'

type OfLists = 'items' | 'rowCount' | 'isGrouped' | 'onOpenGroup' | 'nameOfShared' | 'onNearEnd'

interface ListedRunsProps extends Omit<RunsTableProps, OfLists> {
  readonly list: ReturnType<typeof useRuns>
  readonly runs: readonly RunId[]
  /** Whether new runs wait above the list. */
  readonly isHeld: boolean
}

const nothing = () => undefined
const noName = () => ({ title: '', text: '' })

/** Shows runs one below the other; what is new waits above while somebody looks further down. */
export function ListedRuns({ list, runs, isHeld, ...table }: ListedRunsProps) {
  const { shown, waiting, release } = useHeldRuns(runs, isHeld, table.listKey)
  const items = useMemo(() => runItems(shown ?? []), [shown])
  const [sorted] = table.sort
  const column = table.columns.find(({ id }) => id === sorted?.key)
  return (
    <>
      <p className={classes.note} role="status" hidden={!list.ranking || list.ranking.isComparable}>
        <RankingNote ranking={list.ranking} column={column} />
      </p>
      <div className={classes.view}>
        {waiting > 0 ? (
          <Button className={classes.news ?? ''} leftSection={<IconArrowUp size={14} />} onClick={release}>
            {waiting === 1 ? '1 new run' : `${waiting} new runs`}
          </Button>
        ) : list.isStale ? (
          <Button className={classes.news ?? ''} onClick={list.update}>
            Runs have changed: sort again
          </Button>
        ) : null}
        <RunsTable
          {...table}
          items={items}
          rowCount={table.totalCount}
          isGrouped={false}
          onOpenGroup={nothing}
          nameOfShared={noName}
          onNearEnd={list.loadMore}
        />
      </div>
    </>
  )
}
