'use client'

import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../data/useAction'
import { showUndo } from '../../ui/showUndo'
import { addressOfView, deleteView, isSameView, replaceView, restoreView, saveView, updateView } from './savedViews'
import { type SavedView, useSavedViews } from './useSavedViews'
import classes from './ViewsPanel.module.css'

interface ViewsPanelProps {
  readonly onClose: () => void
}

/** Lists the views that have names, for everybody; stores what the page shows as another. */
export default function ViewsPanel({ onClose }: ViewsPanelProps) {
  const search = useSearchParams().toString()
  const { views, error } = useSavedViews()
  const { run: store } = useAction(saveView)
  const { run: change } = useAction(updateView)
  const { run: replace } = useAction(replaceView)
  const { run: remove } = useAction(deleteView)
  const { run: restore } = useAction(restoreView)
  const [renamed, setRenamed] = useState<SavedView | null>(null)
  const address = addressOfView(search)
  const drop = async ({ id }: SavedView) => {
    const gone = (await remove({ id })).data?.deleteView
    if (!gone) return
    showUndo({ title: `The view “${gone.name}” is deleted`, message: 'For everybody.', onUndo: () => void restore(gone) })
  }
  return (
    <div className={classes.root}>
      <h2 className={classes.heading}>Views</h2>
      {error ? (
        <p className={classes.text} role="alert">
          The views could not be read. {error.message}
        </p>
      ) : null}
      {views?.length === 0 ? (
        <p className={classes.text}>A view is filter, order, columns and groups under a name, for everybody.</p>
      ) : null}
      <ul className={classes.list} aria-label="Views">
        {views?.map((view) => (
          <li key={view.id} className={classes.item}>
            <Link
              href={`/${view.address}`}
              className={classes.name}
              aria-current={isSameView(view.address, search) ? 'true' : undefined}
              onClick={onClose}
            >
              {view.name}
            </Link>
            {isSameView(view.address, search) ? null : (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Have ${view.name} show what is shown now`}
                title="Have it show what is shown now"
                onClick={() => void replace({ id: view.id, input: { address } })}
              >
                <IconRefresh size={14} />
              </ActionIcon>
            )}
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Rename ${view.name}`} onClick={() => setRenamed(view)}>
              <IconPencil size={14} />
            </ActionIcon>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Delete ${view.name}`} onClick={() => void drop(view)}>
              <IconTrash size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {renamed ? (
        <NameForm
          key={renamed.id}
          label={`New name of ${renamed.name}`}
          action="Rename"
          name={renamed.name}
          onName={async (name) => {
            const { error } = await change({ id: renamed.id, input: { name } })
            if (!error) setRenamed(null)
            return error?.message ?? null
          }}
          onCancel={() => setRenamed(null)}
        />
      ) : (
        <NameForm
          label="Save what is shown as"
          action="Save"
          name=""
          onName={async (name) => (await store({ name, address })).error?.message ?? null}
        />
      )}
    </div>
  )
}

interface NameFormProps {
  readonly label: string
  readonly action: string
  readonly name: string
  /** Resolves with why the name is refused, or null. */
  readonly onName: (name: string) => Promise<string | null>
  readonly onCancel?: () => void
}

function NameForm({ label, action, name, onName, onCancel }: NameFormProps) {
  const [draft, setDraft] = useState(name)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (draft.trim() === '') return setProblem('A name needs at least one character.')
    const refused = await onName(draft.trim())
    setProblem(refused)
    if (refused === null) setDraft('')
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        size="xs"
        label={label}
        value={draft}
        error={problem}
        maxLength={100}
        data-autofocus
        onChange={(event) => {
          setDraft(event.currentTarget.value)
          setProblem(null)
        }}
      />
      <Group gap={6} justify="flex-end" mt={6}>
        {onCancel ? (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
        <Button type="submit">{action}</Button>
      </Group>
    </form>
  )
}
