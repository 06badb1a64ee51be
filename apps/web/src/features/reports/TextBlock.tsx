'use client'
import { useState } from 'react'
import { REPORT_CHANGED } from '../../data/apiError'
import { useAction } from '../../data/useAction'
import { changeReport } from '../../entities/report/reportActions'
import { MarkdownEditor } from '../../ui/MarkdownEditor'
import { MarkdownText } from '../../ui/MarkdownText'
import type { TextDraft } from '../../ui/useTextDraft'

interface TextBlockProps {
  readonly reportId: string
  readonly block: string
  readonly text: string
  /** Null while nobody writes in it here. */
  readonly draft: TextDraft | null
  readonly onDraft: (draft: TextDraft | null) => void
  /** Reads the report again. */
  readonly onStale: () => void
}

export const TEXT_HINT = 'What the figures say, and why they were made.'

/** Shows a text of a report, and has it written. */
export function TextBlock({ reportId, block, text, draft, onDraft, onStale }: TextBlockProps) {
  const { run: change, isRunning } = useAction(changeReport)
  const [problem, setProblem] = useState<string | null>(null)
  if (draft === null) return <MarkdownText text={text} place="page" />
  const close = () => {
    setProblem(null)
    onDraft(null)
  }
  const save = async () => {
    const { error } = await change({ id: reportId, change: { writeText: { block, text: draft.text, before: draft.before } } })
    if (!error) return close()
    // What somebody else wrote stands beside what is typed, once it is read.
    if (error.code === REPORT_CHANGED) onStale()
    setProblem(error.code === REPORT_CHANGED ? null : error.message)
  }
  return (
    <MarkdownEditor
      label="Text"
      placeholder={TEXT_HINT}
      draft={draft}
      stored={text}
      problem={problem}
      isSaving={isRunning}
      onChange={(next) => {
        setProblem(null)
        onDraft(next)
      }}
      onSave={() => void save()}
      onClose={close}
    />
  )
}
