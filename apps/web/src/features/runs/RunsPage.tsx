'use client'

import { useApolloClient } from '@apollo/client/react'
import { useMediaQuery } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { RunsChangeInput } from '../../data/generated/graphql'
import { useAction } from '../../data/useAction'
import { useDatasets } from '../../entities/dataset/useDatasets'
import { useLaunchPreset } from '../../entities/experiment/useLaunchPreset'
import { usePresetGallery } from '../../entities/experiment/usePresetGallery'
import { DeleteRunsDialog } from '../../entities/run/DeleteRunsDialog'
import { changeRuns, updateRun } from '../../entities/run/runActions'
import type { RunRow } from '../../entities/run/useRunRow'
import { Unreachable } from '../../ui/Unreachable'
import { EmptyRuns, NoMatches } from './EmptyRuns'
import { GroupedRuns } from './GroupedRuns'
import { ListedRuns } from './ListedRuns'
import { NotRead } from './NotRead'
import { RenameRunDialog } from './RenameRunDialog'
import type { SelectedRuns } from './RowSelection'
import { RunsList } from './RunsList'
import classes from './RunsPage.module.css'
import { RunsSkeleton } from './RunsSkeleton'
import { RunsToolbar } from './RunsToolbar'
import { drawnColumns } from './runColumns'
import { SelectionDock } from './SelectionDock'
import { selectionInput } from './selectionInput'
import { COUNT, isNewestFirst, type SortTerm, sortedBy, writeSort } from './sortTerms'
import { useDeletion } from './useDeletion'
import { usePageHeight } from './usePageHeight'
import { useRowActions } from './useRowActions'
import { useHasSelection, useRowSelection } from './useRowSelection'
import { useRunColumns } from './useRunColumns'
import { useRuns } from './useRuns'
import { useRunsView, type ViewChange } from './useRunsView'

/** Tells a column that shows a key from those that draw what no key stands for. */
const isKey = (id: string) => id !== COUNT && !drawnColumns.some((drawn) => drawn === id)

const none: readonly never[] = []

/** Composes the page of all runs. */
export function RunsPage() {
  const router = useRouter()
  const client = useApolloClient()
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false
  const { state: view, setState: setView, filter, sort, orderBy } = useRunsView()
  const selection = useRowSelection(filter)
  const hasSelection = useHasSelection(selection)
  const [isScrolled, setScrolled] = useState(false)
  // On a narrow screen no button takes what is new.
  const isHeld = !isNarrow && (isScrolled || hasSelection)
  const isGrouped = view.group.length > 0 && !isNarrow
  const { columns, asked, keys } = useRunColumns(view.columns, isGrouped)
  const list = useRuns({
    filter,
    orderBy,
    columns: asked,
    isHeld: isHeld && !isNewestFirst(sort),
    // A narrow screen does not tell how far it is scrolled.
    isAtTop: !isNarrow && !isScrolled,
  })
  const { runs, totalCount, error } = list
  const { datasets, datasetsById } = useDatasets()
  const isEmpty = runs?.length === 0 && !filter
  const { presets } = usePresetGallery({ skip: !isEmpty })
  const { launch, launching } = useLaunchPreset(router.push)
  const update = useAction(updateRun)
  const { run: change } = useAction(changeRuns)
  const [renamed, setRenamed] = useState<RunRow | null>(null)
  const deletion = useDeletion(selection, { filter, count: totalCount })
  const actions = useRowActions({ onRename: setRenamed, onDelete: deletion.askOne })
  const mark = useCallback(
    async (selected: SelectedRuns, changes: RunsChangeInput) => {
      const { data } = await change({ runs: await selectionInput(client, selected, { filter, count: totalCount }), change: changes })
      // Of all that match, those that went into the archive are none.
      if (data && changes.archived && selected.isAll) selection.clear()
    },
    [client, change, filter, totalCount, selection],
  )
  const changeView = useCallback((changes: ViewChange) => void setView(changes), [setView])
  const widths = useMemo(() => new Map(view.widths), [view.widths])
  const onWidth = useCallback(
    (id: string, width: number | null) =>
      void setView(({ widths: before }) => ({
        widths: [...before.filter(([column]) => column !== id), ...(width === null ? [] : [[id, width] as const])],
      })),
    [setView],
  )
  const onSort = useCallback(
    (clicked: SortTerm, isAdded: boolean) => void setView({ sort: writeSort(sortedBy(sort, clicked, isAdded)), direction: null }),
    [setView, sort],
  )
  const shownKeys = useMemo(() => columns.map(({ id }) => id).filter(isKey), [columns])
  const page = useRef<HTMLDivElement>(null)
  const height = usePageHeight(page)
  const table = {
    totalCount,
    columns,
    asked,
    pinned: view.pin,
    widths,
    onWidth,
    sort,
    onSort,
    selection,
    onScrolled: setScrolled,
    actions,
    listKey: JSON.stringify([filter, sort, view.group]),
  }

  return (
    <div ref={page} className={isNarrow ? undefined : classes.page} style={isNarrow ? undefined : { height }}>
      <RunsToolbar
        view={view}
        onChange={changeView}
        filter={filter}
        datasets={datasets ?? none}
        totalCount={runs ? totalCount : undefined}
        isNarrow={isNarrow}
        columns={shownKeys}
      />
      {runs ? null : error ? <Unreachable error={error} /> : <RunsSkeleton />}
      {runs && !isGrouped ? <NotRead error={error} isOfBefore={list.isOfBefore} /> : null}
      {runs?.length === 0 && filter ? <NoMatches onClear={() => void setView({ q: null, status: null, dataset: null })} /> : null}
      {isEmpty ? (
        <EmptyRuns presets={presets} datasets={datasetsById} launching={launching} onLaunch={(choice) => void launch(choice)} />
      ) : null}
      {runs && runs.length > 0 ? (
        isNarrow ? (
          <RunsList runs={runs} selection={selection} onNearEnd={list.loadMore} actions={actions} />
        ) : isGrouped ? (
          <GroupedRuns
            {...table}
            view={view}
            setView={setView}
            filter={filter}
            orderBy={orderBy}
            keys={keys}
            datasets={datasetsById}
            isHeld={isHeld}
          />
        ) : (
          <ListedRuns {...table} list={list} runs={runs} isHeld={isHeld && isNewestFirst(sort)} />
        )
      ) : null}
      {hasSelection ? (
        <SelectionDock
          selection={selection}
          filter={filter}
          orderBy={orderBy}
          totalCount={totalCount}
          columns={shownKeys}
          scale={view.scale}
          onScale={(scale) => void setView({ scale })}
          isOpen={view.curves}
          onOpen={(curves) => void setView({ curves })}
          onMark={mark}
          onDelete={deletion.ask}
        />
      ) : null}
      {renamed ? (
        <RenameRunDialog
          name={renamed.name}
          onRename={(name) => update.run({ id: renamed.id, input: { name } })}
          onClose={() => setRenamed(null)}
        />
      ) : null}
      <DeleteRunsDialog
        runs={deletion.doomed.runs}
        count={deletion.doomed.count}
        deleting={deletion.isRunning}
        onConfirm={() => void deletion.confirm()}
        onClose={deletion.close}
      />
    </div>
  )
}
