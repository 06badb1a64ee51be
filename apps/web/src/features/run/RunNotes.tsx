'use client'
import { Button, Spoiler } from '@mantine/core'
import { IconNotes, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { NOTES_CHANGED } from '../../data/apiError'
import { useAction } from '../../data/useAction'
import { updateRun } from '../../entities/run/runActions'
import { MarkdownEditor } from '../../ui/MarkdownEditor'
import { MarkdownText } from '../../ui/MarkdownText'
import { usePageActions } from '../../ui/pageActions'
import { useTextDraft } from '../../ui/useTextDraft'
import classes from './RunNotes.module.css'

/** Longer notes are folded, so that the run is in sight. */
const MOST_HEIGHT = 180

/** Shows what somebody wrote about a run, and has it written. */
export function RunNotes({ run: { id, notes } }: { readonly run: { readonly id: string; readonly notes: string } }) {
  const { run: update, isRunning } = useAction(updateRun)
  const [draft, setDraft] = useTextDraft(`notes-${id}`)
  const [problem, setProblem] = useState<string | null>(null)
  const close = () => {
    setDraft(null)
    setProblem(null)
  }
  const save = async (before: string, text: string) => {
    const { error } = await update({ id, input: { notes: text, notesBefore: before } })
    if (!error) return close()
    // The others' notes come with an event, and then stand beside what is typed.
    setProblem(error.code === NOTES_CHANGED ? null : error.message)
  }
  const edit = () => setDraft({ text: notes, before: notes })
  usePageActions(
    draft ? [] : [{ id: 'run.notes', label: notes === '' ? 'Add notes to this run' : 'Edit the notes of this run', run: edit }],
  )
  if (draft) {
    return (
      <section className={classes.root} aria-label="Notes">
        <MarkdownEditor
          label="Notes"
          placeholder="What was tried, and what came of it."
          draft={draft}
          stored={notes}
          problem={problem}
          isSaving={isRunning}
          onChange={(next) => {
            setProblem(null)
            setDraft(next)
          }}
          onSave={() => void save(draft.before, draft.text)}
          onClose={close}
        />
      </section>
    )
  }
  if (notes === '') {
    return (
      <div className={classes.none}>
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconNotes size={14} />} onClick={edit}>
          Add notes
        </Button>
      </div>
    )
  }
  return (
    <section className={classes.root} aria-label="Notes" data-testid="run-notes">
      <Spoiler maxHeight={MOST_HEIGHT} showLabel="Show all notes" hideLabel="Show less" classNames={{ control: classes.fold ?? '' }}>
        <MarkdownText text={notes} />
      </Spoiler>
      <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPencil size={14} />} onClick={edit}>
        Edit notes
      </Button>
    </section>
  )
}
