import { Button } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import type { RunFilter, RunOrder } from '../../data/generated/graphql'
import { Unreachable } from '../../ui/Unreachable'
import { GroupMembers, type OpenGroup } from './GroupMembers'
import type { NameOfShared } from './GroupRow'
import { toGroupOrder } from './groupsOfRuns'
import { formatValue } from './keyColumn'
import { NotRead } from './NotRead'
import { RankingNote } from './RankingNote'
import type { RunColumn } from './RunColumn'
import classes from './RunsPage.module.css'
import { RunsSkeleton } from './RunsSkeleton'
import { RunsTable, type RunsTableProps } from './RunsTable'
import { groupItems } from './tableItems'
import { useRunGroups } from './useRunGroups'
import type { RunKey } from './useRunKeys'
import type { RunsView, ViewChange } from './useRunsView'

type OfGroups = 'items' | 'rowCount' | 'isGrouped' | 'onOpenGroup' | 'nameOfShared' | 'onNearEnd'

interface GroupedRunsProps extends Omit<RunsTableProps, OfGroups> {
  readonly view: RunsView
  readonly setView: (change: ViewChange) => unknown
  readonly filter: RunFilter | null
  /** Of the runs in a group. */
  readonly orderBy: RunOrder[] | null
  readonly keys: ReadonlyMap<string, RunKey>
  readonly datasets: ReadonlyMap<string, { readonly title: string }>
  readonly isHeld: boolean
}

/** Most metrics that the API sums up at once. */
const MOST_METRICS = 12

/** Shows runs in groups: what each has in common, what its metrics come to, and, opened, its runs. */
export function GroupedRuns({ view, setView, filter, orderBy, keys, datasets, isHeld, ...table }: GroupedRunsProps) {
  const { group, open, figure } = view
  const columns = useMemo(() => summedColumns(table.columns), [table.columns])
  const metrics = useMemo(() => columns.flatMap(({ metric }) => metric ?? []), [columns])
  const aggregate = useMemo(() => metrics.map(({ name }) => name), [metrics])
  const groupOrder = useMemo(
    () => toGroupOrder({ sort: table.sort, metrics, figure, keys: group.length }),
    [table.sort, metrics, figure, group.length],
  )
  const { groups, totalCount, ranking, readings, isOfBefore, isStale, update, loadMore, error } = useRunGroups({
    by: group,
    filter,
    aggregate,
    orderBy: groupOrder,
    isHeld,
  })
  const [members, setMembers] = useState<ReadonlyMap<string, OpenGroup>>(new Map())
  const onRead = useCallback((id: string, read: OpenGroup | null) => {
    setMembers((before) => {
      const next = new Map(before)
      if (read) next.set(id, read)
      else next.delete(id)
      return next
    })
  }, [])
  const items = useMemo(() => groupItems(groups ?? [], members), [groups, members])
  const onOpenGroup = useCallback(
    (id: string) => void setView({ open: open.includes(id) ? open.filter((other) => other !== id) : [...open, id] }),
    [setView, open],
  )
  const nameOfShared = useCallback<NameOfShared>(
    ({ key, number, text, experiment }) => {
      const known = keys.get(key ?? '')
      const own = key === 'dataset' && text !== null ? datasets.get(text)?.title : experiment?.name
      const written = own ?? (number === null && text === null ? 'none' : formatValue({ number, text }, known))
      return { title: known?.title ?? key ?? '', text: written === '' ? '“”' : written }
    },
    [keys, datasets],
  )
  const [sorted] = table.sort
  const column = columns.find(({ id }) => id === sorted?.key)
  if (!groups) return error ? <Unreachable error={error} /> : <RunsSkeleton />
  const unread = [...members.values()].find((each) => each.error)?.error
  return (
    <>
      <NotRead error={error ?? unread} isOfBefore={isOfBefore} />
      <p className={classes.note} role="status">
        {totalCount.toLocaleString('en')} {totalCount === 1 ? 'group' : 'groups'}. <RankingNote ranking={ranking} column={column} />
      </p>
      {groups
        .filter(({ id }) => open.includes(id))
        .map((each) => (
          <GroupMembers key={each.id} group={each} orderBy={orderBy} columns={table.asked} readings={readings} onRead={onRead} />
        ))}
      <div className={classes.view}>
        {isStale ? (
          <Button className={classes.news ?? ''} onClick={update}>
            Runs have changed: group again
          </Button>
        ) : null}
        <RunsTable
          {...table}
          columns={columns}
          items={items}
          rowCount={items.length + totalCount - groups.length}
          isGrouped
          onOpenGroup={onOpenGroup}
          nameOfShared={nameOfShared}
          onNearEnd={loadMore}
        />
      </div>
    </>
  )
}

/** Groups show nothing of metrics beyond those that are summed up, and are not ordered by them. */
function summedColumns(columns: readonly RunColumn[]): readonly RunColumn[] {
  const summed = new Set(columns.filter(({ metric }) => metric).slice(0, MOST_METRICS))
  return columns.map((column) => (column.metric && !summed.has(column) ? { ...column, metric: null } : column))
}
