'use client'

import { Button } from '@mantine/core'
import { IconArchive, IconStar, IconStarOff, IconTrash } from '@tabler/icons-react'
import { memo, useCallback, useState } from 'react'
import type { RunFilter, RunsChangeInput } from '../../data/generated/graphql'
import { usePageActions } from '../../ui/pageActions'
import { ExportMenu } from './ExportMenu'
import type { RowSelection, SelectedRuns } from './RowSelection'
import { TagPopover } from './TagPopover'

interface SelectionActionsProps {
  readonly selection: RowSelection
  readonly filter: RunFilter | null
  /** Keys that are shown. */
  readonly columns: readonly string[]
  /** Whether all that are ticked have a star; null where that is not known. */
  readonly isStarred: boolean | null
  readonly onMark: (selected: SelectedRuns, change: RunsChangeInput) => void
  readonly onDelete: (selected: SelectedRuns) => void
}

/** Offers what can be done with all runs that are ticked. It asks which these are when it is used: to tick one more does not concern it. */
export const SelectionActions = memo(function SelectionActions(props: SelectionActionsProps) {
  const { selection, filter, columns, isStarred, onMark, onDelete } = props
  const mark = useCallback((change: RunsChangeInput) => onMark(selection.get(), change), [selection, onMark])
  const exported = () => {
    const { isAll, ids } = selection.get()
    return isAll ? { filter, except: ids } : { filter: { ids: [...ids] } }
  }
  const [isTagging, setTagging] = useState(false)
  usePageActions([
    { id: 'selection.tag', label: 'Tag the selected runs', run: () => setTagging(true) },
    ...(isStarred === true ? [] : [{ id: 'selection.star', label: 'Star the selected runs', run: () => mark({ starred: true }) }]),
    ...(isStarred === false
      ? []
      : [{ id: 'selection.unstar', label: 'Take the stars of the selected runs away', run: () => mark({ starred: false }) }]),
    { id: 'selection.archive', label: 'Archive the selected runs', run: () => mark({ archived: true }) },
    { id: 'selection.delete', label: 'Delete the selected runs', run: () => onDelete(selection.get()) },
    { id: 'selection.clear', label: 'Clear the selection', run: () => selection.clear() },
  ])
  return (
    <>
      <TagPopover
        isOpen={isTagging}
        onOpen={setTagging}
        onAdd={(tag) => mark({ addTags: [tag] })}
        onRemove={(tag) => mark({ removeTags: [tag] })}
      />
      {isStarred === true ? null : (
        <Button variant="subtle" color="gray" leftSection={<IconStar size={14} />} onClick={() => mark({ starred: true })}>
          Star
        </Button>
      )}
      {isStarred === false ? null : (
        <Button variant="subtle" color="gray" leftSection={<IconStarOff size={14} />} onClick={() => mark({ starred: false })}>
          Take stars away
        </Button>
      )}
      <Button variant="subtle" color="gray" leftSection={<IconArchive size={14} />} onClick={() => mark({ archived: true })}>
        Archive
      </Button>
      <ExportMenu variant="subtle" what="Selected runs" words="the selected runs" runs={exported} columns={columns} />
      <Button variant="subtle" color="gray" onClick={() => selection.clear()}>
        Clear
      </Button>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => onDelete(selection.get())}>
        Delete
      </Button>
    </>
  )
})
