import { useAction } from '../../data/useAction'
import { showUndo } from '../../ui/showUndo'
import { deleteRuns, restoreRuns } from './runActions'

/** Offers to move runs to the trash, and for a while to bring them back. Tells whether that was done; never rejects. */
export function useTrashRuns(): { readonly trash: (ids: readonly string[]) => Promise<boolean>; readonly isRunning: boolean } {
  const { run: remove, isRunning } = useAction(deleteRuns)
  const { run: restore } = useAction(restoreRuns)
  const trash = async (ids: readonly string[]) => {
    const { data } = await remove({ ids: [...ids] })
    if (!data) return false
    const moved = data.deleteRuns
    showUndo({
      title: moved.length === 1 ? 'The run is in the trash' : `${moved.length} runs are in the trash`,
      message: 'Storage shows what lies there.',
      onUndo: () => void restore({ ids: moved }),
    })
    return true
  }
  return { trash, isRunning }
}
