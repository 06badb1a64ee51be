'use client'

import { useMediaQuery } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useAction } from '../../data/useAction'
import { useDatasets } from '../../entities/dataset/useDatasets'
import { useLaunchPreset } from '../../entities/experiment/useLaunchPreset'
import { usePresetGallery } from '../../entities/experiment/usePresetGallery'
import { DeleteRunsDialog, type DoomedRun } from '../../entities/run/DeleteRunsDialog'
import { resumeRun, stopRun, updateRun } from '../../entities/run/runActions'
import { useComparedRuns } from '../../entities/run/useComparedRuns'
import type { RunRow } from '../../entities/run/useRunRow'
import { useTrashRuns } from '../../entities/run/useTrashRuns'
import { Unreachable } from '../../ui/Unreachable'
import { useChartPoints } from '../../ui/useChartPoints'
import { EmptyRuns, NoMatches } from './EmptyRuns'
import { RenameRunDialog } from './RenameRunDialog'
import { RunsList } from './RunsList'
import { RunsSkeleton } from './RunsSkeleton'
import { RunsTable } from './RunsTable'
import { RunsToolbar } from './RunsToolbar'
import { SelectionDock } from './SelectionDock'
import { useRuns } from './useRuns'
import { type RunsView, useRunsView } from './useRunsView'

/** Composes the page of all runs. */
export function RunsPage() {
  const router = useRouter()
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false
  const { state: view, setState: setView, filter, orderBy } = useRunsView()
  const { runs, totalCount, loadMore, error } = useRuns(filter, orderBy)
  const { datasets, datasetsById } = useDatasets()
  const isEmpty = runs?.length === 0 && !filter
  const { presets } = usePresetGallery({ skip: !isEmpty })
  const compared = useComparedRuns(view.select, { maxPoints: useChartPoints() })
  const selected = view.select.filter((id) => !compared.missing.includes(id))
  const { launch, launching } = useLaunchPreset(router.push)
  const { run: stop } = useAction(stopRun)
  const { run: resume } = useAction(resumeRun)
  const update = useAction(updateRun)
  const { run: mark } = update
  const { trash, isRunning: isDeleting } = useTrashRuns()
  const [renamed, setRenamed] = useState<RunRow | null>(null)
  const [doomed, setDoomed] = useState<readonly DoomedRun[]>([])

  const actions = useMemo(
    () => ({
      onStop: ({ id }: RunRow) => void stop({ id }),
      onResume: ({ id }: RunRow) => void resume({ id }),
      onRename: setRenamed,
      onStar: ({ id, starred }: RunRow) => void mark({ id, input: { starred: !starred } }),
      onArchive: ({ id, archivedAt }: RunRow) => void mark({ id, input: { archived: archivedAt === null } }),
      onDelete: (run: RunRow) => setDoomed([run]),
    }),
    [stop, resume, mark],
  )
  const select = (ids: string[]) => setView({ select: ids.length > 0 ? ids : null })
  const confirmDelete = async () => {
    const ids = doomed.map(({ id }) => id)
    if (!(await trash(ids))) return
    setDoomed([])
    select(selected.filter((id) => !ids.includes(id)))
  }
  const clearFilters = () => setView({ q: null, status: null, dataset: null })
  const list = { selected, onSelect: select, onNearEnd: loadMore, actions }

  return (
    <>
      <RunsToolbar
        view={view}
        onChange={(change) => setView(change)}
        datasets={datasets ?? []}
        totalCount={runs ? totalCount : undefined}
        isFiltered={filter !== null}
        showOrder={isNarrow}
      />
      {runs ? null : error ? <Unreachable error={error} /> : <RunsSkeleton />}
      {runs?.length === 0 && filter ? <NoMatches onClear={clearFilters} /> : null}
      {isEmpty ? (
        <EmptyRuns presets={presets} datasets={datasetsById} launching={launching} onLaunch={(choice) => void launch(choice)} />
      ) : null}
      {runs && runs.length > 0 ? (
        isNarrow ? (
          <RunsList runs={runs} {...list} />
        ) : (
          <RunsTable
            runs={runs}
            totalCount={totalCount}
            sort={{ field: view.sort, descending: view.direction === 'DESC' }}
            onSort={(sort, descending) => setView({ sort: sort as RunsView['sort'], direction: descending ? 'DESC' : 'ASC' })}
            {...list}
          />
        )
      ) : null}
      {selected.length > 0 ? (
        <SelectionDock
          selected={selected}
          runs={compared.runs}
          scale={view.scale}
          onScale={(scale) => setView({ scale })}
          isOpen={view.curves}
          onOpen={(curves) => setView({ curves })}
          onClear={() => select([])}
          onDelete={() => setDoomed(compared.runs)}
        />
      ) : null}
      {renamed ? (
        <RenameRunDialog
          name={renamed.name}
          onRename={(name) => update.run({ id: renamed.id, input: { name } })}
          onClose={() => setRenamed(null)}
        />
      ) : null}
      <DeleteRunsDialog runs={doomed} deleting={isDeleting} onConfirm={confirmDelete} onClose={() => setDoomed([])} />
    </>
  )
}
