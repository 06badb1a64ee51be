'use client'
import classes from './ChapterPage.module.css'
import { useChapterProgress } from './chapterProgress'

/** Says how many of a section's experiments the reader has run. */
export function SectionProgress({ presets }: { readonly presets: readonly string[] }) {
  const progress = useChapterProgress()
  if (presets.length === 0) return null
  const done = presets.filter((preset) => (progress[preset]?.experimentId ?? null) !== null).length
  const experiments = presets.length === 1 ? '1 experiment' : `${presets.length} experiments`
  return <p className={classes.done}>{done === 0 ? experiments : `${experiments}, ${done} run by you`}</p>
}
