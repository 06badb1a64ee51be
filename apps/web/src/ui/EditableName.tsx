'use client'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './EditableName.module.css'
import { usePageActions } from './pageActions'

export interface EditableNameProps {
  readonly name: string
  /** What it is the name of, in one word. */
  readonly noun: string
  /** Resolves once the name is stored, or with why it is not. */
  readonly onRename: (name: string) => Promise<{ readonly error: { readonly message: string } | null }>
}

/** Shows a name as a heading that can be edited in place: Enter keeps, Escape gives up. */
export function EditableName({ name, noun, onRename }: EditableNameProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)

  const close = () => {
    setDraft(null)
    setError(null)
  }
  const save = async () => {
    const next = draft?.trim() ?? ''
    if (saving) return
    if (next === name) return close()
    if (next === '') return setError('A name needs at least one character.')
    setSaving(true)
    const refused = (await onRename(next)).error
    setSaving(false)
    if (refused) setError(refused.message)
    else close()
  }

  usePageActions(draft === null ? [{ id: 'rename', label: `Rename this ${noun}`, run: () => setDraft(name) }] : [])

  if (draft === null) {
    return (
      <div className={classes.name}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the pencil beside it is the keyboard's way in */}
        <h1 className={classes.heading} onClick={() => setDraft(name)}>
          {name}
        </h1>
        <ActionIcon
          className={classes.pencil ?? ''}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Rename"
          onClick={() => setDraft(name)}
        >
          <IconPencil size={15} />
        </ActionIcon>
      </div>
    )
  }
  return (
    <TextInput
      className={classes.input ?? ''}
      size="xs"
      aria-label={`${noun.charAt(0).toUpperCase()}${noun.slice(1)} name`}
      value={draft}
      error={error}
      maxLength={200}
      readOnly={saving}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setDraft(event.currentTarget.value)
        setError(null)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save()
        if (event.key === 'Escape') close()
      }}
      onBlur={() => {
        if (error === null) void save()
      }}
    />
  )
}
