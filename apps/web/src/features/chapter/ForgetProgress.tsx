'use client'
import classes from './ChapterPage.module.css'
import { forgetProgress, useChapterProgress } from './chapterProgress'

/** Lets a reader begin anew; nothing where there is nothing to forget. */
export function ForgetProgress() {
  const progress = useChapterProgress()
  if (Object.keys(progress).length === 0) return null
  return (
    <button type="button" className={classes.forget} onClick={forgetProgress}>
      Begin the chapter anew (what was run stays in the lab)
    </button>
  )
}
