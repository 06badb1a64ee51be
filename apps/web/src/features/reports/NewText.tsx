'use client'
import { useState } from 'react'
import { REPORT_CHANGED } from '../../data/apiError'
import { useAction } from '../../data/useAction'
import { changeReport } from '../../entities/report/reportActions'
import { MarkdownEditor } from '../../ui/MarkdownEditor'
import type { TextDraft } from '../../ui/useTextDraft'
import { TEXT_HINT } from './TextBlock'

interface NewTextProps {
  readonly reportId: string
  /** The block that it is to stand behind; null for the beginning. */
  readonly after: string | null
  /** The last block of the report: where the other one went meanwhile, the text is put behind all. */
  readonly last: string | null
  readonly draft: TextDraft
  readonly onDraft: (draft: TextDraft) => void
  readonly onClose: () => void
}

/** Takes a text that a report has not yet. */
export function NewText({ reportId, after, last, draft, onDraft, onClose }: NewTextProps) {
  const { run: change, isRunning } = useAction(changeReport)
  const [problem, setProblem] = useState<string | null>(null)
  const add = (behind: string | null) => change({ id: reportId, change: { addText: { text: draft.text, after: behind } } })
  const save = async () => {
    const first = await add(after)
    const { error } = first.error?.code === REPORT_CHANGED ? await add(last) : first
    if (error) setProblem(error.message)
    else onClose()
  }
  return (
    <MarkdownEditor
      label="Text"
      placeholder={TEXT_HINT}
      draft={draft}
      stored=""
      problem={problem}
      isSaving={isRunning}
      onChange={onDraft}
      onSave={() => void save()}
      onClose={onClose}
    />
  )
}
