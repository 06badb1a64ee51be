import type { RunSelection } from '../../data/generated/graphql'
import { useAction } from '../../data/useAction'
import { showUndo } from '../../ui/showUndo'
import { restoreRuns, trashRuns } from './runActions'

export interface TrashedRuns {
  /** Moves runs to the trash; gives the ids of those that went there, null where that was refused. Never rejects. */
  readonly trash: (runs: RunSelection) => Promise<readonly string[] | null>
  readonly isRunning: boolean
}

/** Offers to move runs to the trash, and for a while to bring them back. */
export function useTrashRuns(): TrashedRuns {
  const { run: remove, isRunning } = useAction(trashRuns)
  const { run: restore } = useAction(restoreRuns)
  const trash = async (runs: RunSelection) => {
    const { data } = await remove({ runs })
    if (!data) return null
    const moved = data.trashRuns.ids
    showUndo({
      title: moved.length === 1 ? 'The run is in the trash' : `${moved.length.toLocaleString('en')} runs are in the trash`,
      message: 'Storage shows what lies there.',
      onUndo: () => void restore({ ids: moved }),
    })
    return moved
  }
  return { trash, isRunning }
}
