'use client'
import type { Question } from '@hourglass/chapter'
import { lazy, Suspense } from 'react'
import { useShownExperiments } from '../../../../features/chapter/shownExperiments'

// Whoever reads without running anything loads nothing of the lab.
const ShownExperiments = lazy(async () => ({ default: (await import('./ShownExperiments')).ShownExperiments }))

/** Shows what was run within the text, once something was. */
export function LabPart({ questions }: { readonly questions: Readonly<Record<string, Question>> }) {
  const shown = useShownExperiments()
  if (shown.length === 0) return null
  return (
    <Suspense fallback={null}>
      <ShownExperiments shown={shown} questions={questions} />
    </Suspense>
  )
}
