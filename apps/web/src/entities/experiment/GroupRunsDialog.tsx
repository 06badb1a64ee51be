'use client'

import { Alert, Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../data/useAction'
import { groupRuns } from './groupRuns'

export interface GroupRunsDialogProps {
  /** Ids of the runs, in the order that they are to have. */
  readonly ids: readonly string[]
  readonly onClose: () => void
  /** Called once they are saved, before the experiment's page opens. */
  readonly onSaved?: () => void
}

/** Asks for a name, and saves runs that belong to no experiment as one of that name. */
export function GroupRunsDialog({ ids, onClose, onSaved }: GroupRunsDialogProps) {
  const router = useRouter()
  const save = useAction(groupRuns)
  const [name, setName] = useState('')
  const count = ids.length === 1 ? '1 run' : `${ids.length} runs`
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data } = await save.run({ ids: [...ids], name })
    if (!data) return
    onSaved?.()
    onClose()
    router.push(`/experiments/${encodeURIComponent(data.groupRuns.id)}`)
  }
  return (
    <Modal opened onClose={onClose} title={`Save ${count} as an experiment`}>
      <form onSubmit={submit}>
        <TextInput
          label="Name of the experiment"
          maxLength={200}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed" mt="sm">
          The runs keep their names. From then on they are stopped, resumed and deleted with the experiment.
        </Text>
        {save.error ? (
          <Alert color="red" variant="light" role="alert" p="xs" mt="sm">
            {save.error.message}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isRunning} disabled={name.trim() === ''}>
            Save experiment
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
