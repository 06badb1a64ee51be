'use client'

import type { LabelledRun, RunConfig, SweptSetting } from '@hourglass/autoencoders'
import { Alert, Button, Group, Modal, NumberInput, SegmentedControl, TagsInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import type { ApiError } from '../../data/apiError'
import classes from './AddRunsDialog.module.css'
import { type Addition, addedRuns } from './addedRuns'

export interface AddRunsDialogProps {
  /** Its runs that can be trained again. */
  readonly present: readonly LabelledRun<RunConfig>[]
  readonly swept: SweptSetting
  /** Queues the runs; resolves with why that is refused. */
  readonly onAdd: (runs: readonly LabelledRun<RunConfig>[]) => Promise<{ readonly error: ApiError | null }>
  readonly onClose: () => void
}

const MOST_SEEDS = 50

/** Asks what an experiment is to have besides, and shows the runs that this comes to. */
export function AddRunsDialog({ present, swept, onAdd, onClose }: AddRunsDialogProps) {
  const [kind, setKind] = useState<Addition['kind']>('seeds')
  const [count, setCount] = useState(3)
  const [values, setValues] = useState<readonly string[]>([])
  const [isSubmitted, setSubmitted] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  const { runs, problem } = useMemo(
    () => addedRuns(present, swept, kind === 'seeds' ? { kind, count } : { kind, values }),
    [present, swept, kind, count, values],
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    setRefusal(null)
    if (problem !== undefined) return
    setSending(true)
    const { error } = await onAdd(runs)
    setSending(false)
    if (error) setRefusal(error.message)
    else onClose()
  }
  const varied = swept.title
  return (
    <Modal opened onClose={onClose} title="Add runs">
      <form onSubmit={submit}>
        {varied === null ? null : (
          <SegmentedControl
            fullWidth
            size="xs"
            mb="sm"
            aria-label="What is added"
            value={kind}
            onChange={(next) => setKind(next === 'seeds' ? 'seeds' : 'values')}
            data={[
              { value: 'seeds', label: 'More seeds' },
              { value: 'values', label: `Other values of ${varied.toLowerCase()}` },
            ]}
          />
        )}
        {kind === 'seeds' ? (
          <NumberInput
            label="More seeds"
            description="So many runs more of each setting, with seeds that none of its runs has."
            value={count}
            onChange={(value) => setCount(typeof value === 'number' ? Math.min(MOST_SEEDS, Math.max(1, Math.round(value))) : 1)}
            min={1}
            max={MOST_SEEDS}
            allowDecimal={false}
            data-autofocus
          />
        ) : (
          <TagsInput
            label={`Values of ${varied?.toLowerCase() ?? ''}`}
            description="A run of each with every seed that its runs have; a comma ends a number."
            value={[...values]}
            onChange={setValues}
            splitChars={[',', ';', ' ']}
            placeholder={values.length === 0 ? '24, 48' : ''}
            error={isSubmitted || values.length > 0 ? problem : undefined}
            acceptValueOnBlur
            data-autofocus
          />
        )}
        <ul className={classes.list} aria-label="Runs to add">
          {runs.map(({ label }) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
        {refusal === null ? null : (
          <Alert color="red" variant="light" role="alert" p="xs" mt="sm">
            {refusal}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSending}>
            {runs.length === 0 ? 'Add runs' : runs.length === 1 ? 'Add 1 run' : `Add ${runs.length} runs`}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
