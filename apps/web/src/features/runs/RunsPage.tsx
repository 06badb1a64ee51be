'use client'

import { useMediaQuery } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useComparedRuns } from '../../entities/useComparedRuns'
import { useDatasets } from '../../entities/useDatasets'
import { useDeleteRuns } from '../../entities/useDeleteRuns'
import { useLaunchPreset } from '../../entities/useLaunchPreset'
import { usePresets } from '../../entities/usePresets'
import { useResumeRun } from '../../entities/useResumeRun'
import type { RunRow } from '../../entities/useRunRow'
import { useStopRun } from '../../entities/useStopRun'
import { useUpdateRun } from '../../entities/useUpdateRun'
import { Unreachable } from '../../ui/Unreachable'
import { DeleteRunsDialog } from './DeleteRunsDialog'
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
