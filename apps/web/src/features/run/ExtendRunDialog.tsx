'use client'
import { Button, Group, Modal, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import classes from './ExtendRunDialog.module.css'
import { useRunExtension } from './useRunExtension'

interface ExtendRunDialogProps {
  readonly id: string
  readonly epochs: number
  readonly onExtend: (epochs: number) => Promise<{ readonly error: { readonly message: string } | null }>
  readonly onClose: () => void
}

/** Asks how many epochs a completed run is to have, and says how it will differ from one that was launched so. */
export function ExtendRunDialog({ id, epochs, onExtend, onClose }: ExtendRunDialogProps) {
  const { extension, error: unread } = useRunExtension(id)
  const [wanted, setWanted] = useState<number | string>(2 * epochs)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  const problem = extension?.problem ?? null
  const extend = async (event: FormEvent) => {
    event.preventDefault()
    const count = Number(wanted)
    if (!Number.isInteger(count) || count <= epochs) return setRefusal(`Expected a whole number above ${epochs}, the epochs that it has.`)
    setSending(true)
    const { error } = await onExtend(count)
    setSending(false)
    if (error) setRefusal(error.message)
    else onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Add epochs">
      <form onSubmit={extend}>
        <NumberInput
          label="Epochs in all"
          description={`The run has ${epochs}.`}
          value={wanted}
          error={refusal}
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          disabled={problem !== null}
          data-autofocus
          onChange={(value) => {
            setWanted(value)
            setRefusal(null)
          }}
        />
        <div className={classes.notes} aria-live="polite">
          {(problem ?? unread) !== null && <p role="alert">{problem ?? unread?.message}</p>}
          {extension && problem === null && (
            <>
              {extension.differences.map((difference) => (
                <p key={difference}>{difference}</p>
              ))}
              {extension.differences.length === 0 && (
                <p>
                  It goes on after epoch {epochs}. None of its settings depends on the number of epochs, so it will be, to the last bit, the
                  run that so many epochs at launch would have made.
                </p>
              )}
              <p>Afterwards it is measured on test data again.</p>
            </>
          )}
        </div>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSending} disabled={problem !== null}>
            Add epochs
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
