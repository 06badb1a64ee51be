'use client'
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import classes from './MarkdownEditor.module.css'
import { MarkdownText } from './MarkdownText'
import { TheirText } from './TheirText'
import type { TextDraft } from './useTextDraft'

/** As the API has it. */
const LONGEST = 20_000

interface MarkdownEditorProps {
  /** What is written: `Notes`, `Text`. */
  readonly label: string
  /** What somebody may write there. */
  readonly placeholder: string
  readonly draft: TextDraft
  /** What is stored now. */
  readonly stored: string
  /** Why the text was not stored. */
  readonly problem: string | null
  readonly isSaving: boolean
  readonly onChange: (draft: TextDraft) => void
  readonly onSave: () => void
  /** Gives up what was typed. */
  readonly onClose: () => void
}

/** Takes a text in Markdown; where somebody else changed it meanwhile, shows theirs and asks what is to stand. */
export function MarkdownEditor({ label, placeholder, draft, stored, problem, isSaving, onChange, onSave, onClose }: MarkdownEditorProps) {
  const [isPreview, setPreview] = useState(false)
  const { text, before } = draft
  const isChanged = text !== before
  const noun = label.toLowerCase()
  // What was just saved is stored before it is told here.
  const isConflict = !isSaving && stored !== before && stored !== text
  const tooLong =
    text.length > LONGEST ? `At most ${LONGEST.toLocaleString('en')} characters, there are ${text.length.toLocaleString('en')}.` : null
  const wrong = tooLong ?? problem
  const canSave = isChanged && !isConflict && tooLong === null && !isSaving
  return (
    <div className={classes.root}>
      <SegmentedControl
        size="xs"
        className={classes.mode ?? ''}
        aria-label={`${label} as`}
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
          aria-label={label}
          autosize
          minRows={4}
          maxRows={24}
          autoFocus
          value={text}
          error={wrong}
          placeholder={`${placeholder} Markdown: **bold**, - lists, [links](https://…), tables, \`code\`.`}
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
        <TheirText
          said={stored === '' ? `Somebody removed the ${noun} meanwhile.` : `Somebody changed the ${noun} meanwhile. There is now:`}
          text={stored}
        >
          <div className={classes.buttons}>
            {stored !== '' && (
              <Button size="compact-xs" variant="default" onClick={() => onChange({ text: `${stored}\n\n${text}`, before: stored })}>
                Put mine below
              </Button>
            )}
            <Button size="compact-xs" variant="default" onClick={() => onChange({ text, before: stored })}>
              Go on with mine alone
            </Button>
            <Button size="compact-xs" variant="default" onClick={onClose}>
              Discard mine
            </Button>
          </div>
        </TheirText>
      )}
      <div className={classes.buttons}>
        <Button size="xs" loading={isSaving} disabled={!canSave} onClick={onSave}>
          Save {noun}
        </Button>
        <Button size="xs" variant="default" disabled={isSaving} onClick={onClose}>
          {isChanged ? 'Discard changes' : 'Close'}
        </Button>
        {isChanged && <span className={classes.hint}>Not saved yet; kept in this browser. Ctrl + Enter saves.</span>}
      </div>
    </div>
  )
}
