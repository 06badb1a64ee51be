'use client'

import { useMediaQuery } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useComparedRuns } from '../hooks/useComparedRuns'
import { useDatasets } from '../hooks/useDatasets'
import { useDeleteRuns } from '../hooks/useDeleteRuns'
import { useLaunchPreset } from '../hooks/useLaunchPreset'
import { usePresets } from '../hooks/usePresets'
import { useResumeRun } from '../hooks/useResumeRun'
import type { RunRow } from '../hooks/useRunRow'
import { useRuns } from '../hooks/useRuns'
import { type RunsView, useRunsView } from '../hooks/useRunsView'
import { useStopRun } from '../hooks/useStopRun'
import { useUpdateRun } from '../hooks/useUpdateRun'
import { DeleteRunsDialog } from './runs/DeleteRunsDialog'
import { EmptyRuns, NoMatches } from './runs/EmptyRuns'
import { RenameRunDialog } from './runs/RenameRunDialog'
import { RunsList } from './runs/RunsList'
import { RunsSkeleton } from './runs/RunsSkeleton'
import { RunsTable } from './runs/RunsTable'
import { RunsToolbar } from './runs/RunsToolbar'
import { SelectionDock } from './runs/SelectionDock'
import { Unreachable } from './Unreachable'

/** Composes the page of all runs. */
export function RunsPage() {
  const router = useRouter()
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false
  const { state: view, setState: setView, filter, orderBy } = useRunsView()
  const { runs, totalCount, loadMore, error } = useRuns(filter, orderBy)
  const { datasets, datasetsById } = useDatasets()
  const { presets } = usePresets()
  const compared = useComparedRuns(view.select)
  const selected = view.select.filter((id) => !compared.missing.includes(id))
  const { launchPreset, launching } = useLaunchPreset((address) => router.push(address))
  const { stopRun } = useStopRun()
  const { resumeRun } = useResumeRun()
  const { updateRun } = useUpdateRun()
  const { deleteRuns, loading: deleting } = useDeleteRuns()
  const [renamed, setRenamed] = useState<RunRow | null>(null)
  const [doomed, setDoomed] = useState<readonly RunRow[]>([])

  const actions = useMemo(
    () => ({
      onStop: ({ id }: RunRow) => void stopRun(id),
      onResume: ({ id }: RunRow) => void resumeRun(id),
      onRename: setRenamed,
      onDelete: (run: RunRow) => setDoomed([run]),
    }),
    [stopRun, resumeRun],
  )
  const select = (ids: string[]) => setView({ select: ids.length > 0 ? ids : null })
  const confirmDelete = async () => {
    const ids = doomed.map(({ id }) => id)
    if (!(await deleteRuns(ids))) return
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
      {runs?.length === 0 && !filter ? (
        <EmptyRuns presets={presets} datasets={datasetsById} launching={launching} onLaunch={(choice) => void launchPreset(choice)} />
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
        <RenameRunDialog name={renamed.name} onRename={(name) => updateRun(renamed.id, { name })} onClose={() => setRenamed(null)} />
      ) : null}
      <DeleteRunsDialog runs={doomed} deleting={deleting} onConfirm={confirmDelete} onClose={() => setDoomed([])} />
    </>
  )
}
