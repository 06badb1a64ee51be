'use client'

import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'

export interface RenameRunDialogProps {
  readonly name: string
  /** Resolves once the name is stored, or with why it is not. */
  readonly onRename: (name: string) => Promise<{ readonly error: { readonly message: string } | null }>
  readonly onClose: () => void
}

/** Asks for a run's new name. */
export function RenameRunDialog({ name, onRename, onClose }: RenameRunDialogProps) {
  const [draft, setDraft] = useState(name)
  const [error, setError] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (draft.trim() === '') return setError('A name needs at least one character.')
    setSaving(true)
    const refused = (await onRename(draft.trim())).error
    setSaving(false)
    if (refused) setError(refused.message)
    else onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Rename run">
      <form onSubmit={save}>
        <TextInput
          label="Name"
          value={draft}
          error={error}
          maxLength={200}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setDraft(event.currentTarget.value)
            setError(null)
          }}
        />
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
