import { useMemo } from 'react'
import { useAction } from '../../data/useAction'
import { resumeRun, stopRun, updateRun } from '../../entities/run/runActions'
import type { RunRow } from '../../entities/run/useRunRow'
import type { RunRowActions } from './RunMenu'

interface Asking {
  readonly onRename: (run: RunRow) => void
  readonly onDelete: (run: RunRow) => void
}

/** Offers what can be done with one run; to rename and to delete it, it is asked about first. */
export function useRowActions({ onRename, onDelete }: Asking): RunRowActions {
  const { run: stop } = useAction(stopRun)
  const { run: resume } = useAction(resumeRun)
  const { run: mark } = useAction(updateRun)
  return useMemo(
    () => ({
      onStop: ({ id }: RunRow) => void stop({ id }),
      onResume: ({ id }: RunRow) => void resume({ id }),
      onRename,
      onStar: ({ id, starred }: RunRow) => void mark({ id, input: { starred: !starred } }),
      onArchive: ({ id, archivedAt }: RunRow) => void mark({ id, input: { archived: archivedAt === null } }),
      onDelete,
    }),
    [stop, resume, mark, onRename, onDelete],
  )
}
