'use client'
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import { MarkdownText } from '../../ui/MarkdownText'
import classes from './NotesEditor.module.css'
import type { NotesDraft } from './useNotesDraft'

/** As the API has it. */
const LONGEST_NOTES = 20_000

interface NotesEditorProps {
  readonly draft: NotesDraft
  /** What the run has now. */
  readonly notes: string
  /** Why they were not stored. */
  readonly problem: string | null
  readonly isSaving: boolean
  readonly onChange: (draft: NotesDraft) => void
  readonly onSave: () => void
  /** Gives up what was typed. */
  readonly onClose: () => void
}

/** Takes notes in Markdown; where somebody else changed them meanwhile, shows theirs and asks what is to stand. */
export function NotesEditor({ draft, notes, problem, isSaving, onChange, onSave, onClose }: NotesEditorProps) {
  const [isPreview, setPreview] = useState(false)
  const { text, before } = draft
  const isChanged = text !== before
  // What was just saved is the run's before it is told here.
  const isConflict = !isSaving && notes !== before && notes !== text
  const tooLong =
    text.length > LONGEST_NOTES
      ? `At most ${LONGEST_NOTES.toLocaleString('en')} characters, these are ${text.length.toLocaleString('en')}.`
      : null
  const wrong = tooLong ?? problem
  const canSave = isChanged && !isConflict && tooLong === null && !isSaving
  return (
    <div className={classes.root}>
      <SegmentedControl
        size="xs"
        className={classes.mode ?? ''}
        aria-label="Notes as"
        value={isPreview ? 'preview' : 'text'}
        onChange={(mode) => setPreview(mode === 'preview')}
        data={[
          { value: 'text', label: 'Markdown' },
          { value: 'preview', label: 'Preview' },
        ]}
      />
      {isPreview ? (
        <div className={classes.preview}>
          {text.trim() === '' ? <p className={classes.hint}>Nothing written yet.</p> : <MarkdownText text={text} />}
        </div>
      ) : (
        <Textarea
          aria-label="Notes"
          autosize
          minRows={4}
          maxRows={24}
          autoFocus
          value={text}
          error={wrong}
          placeholder="What was tried, and what came of it. Markdown: **bold**, - lists, [links](https://…), tables, `code`."
          onChange={(event) => onChange({ text: event.currentTarget.value, before })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSave) onSave()
            if (event.key === 'Escape' && !isChanged) onClose()
          }}
        />
      )}
      {isPreview && wrong !== null && (
        <p className={classes.wrong} role="alert">
          {wrong}
        </p>
      )}
      {isConflict && (
        <div className={classes.conflict} role="alert">
          <p>{notes === '' ? 'Somebody removed the notes meanwhile.' : 'Somebody changed the notes meanwhile. They are now:'}</p>
          {notes !== '' && <pre className={classes.theirs}>{notes}</pre>}
          <div className={classes.buttons}>
            {notes !== '' && (
              <Button size="compact-xs" variant="default" onClick={() => onChange({ text: `${notes}\n\n${text}`, before: notes })}>
                Put mine below
              </Button>
            )}
            <Button size="compact-xs" variant="default" onClick={() => onChange({ text, before: notes })}>
              Go on with mine alone
            </Button>
            <Button size="compact-xs" variant="default" onClick={onClose}>
              Discard mine
            </Button>
          </div>
        </div>
      )}
      <div className={classes.buttons}>
        <Button size="xs" loading={isSaving} disabled={!canSave} onClick={onSave}>
          Save notes
        </Button>
        <Button size="xs" variant="default" disabled={isSaving} onClick={onClose}>
          {isChanged ? 'Discard changes' : 'Close'}
        </Button>
        {isChanged && <span className={classes.hint}>Not saved yet; kept in this browser. Ctrl + Enter saves.</span>}
      </div>
    </div>
  )
}
