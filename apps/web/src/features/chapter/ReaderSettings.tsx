'use client'
import { showCues, useShowsCues } from '../../entities/experiment/cues'
import textButton from '../../ui/textButton.module.css'
import classes from './ChapterPage.module.css'
import { forgetProgress, useChapterProgress } from './chapterProgress'

/** What a reader may choose: to be told at once what to look for, and to begin anew. */
export function ReaderSettings() {
  const progress = useChapterProgress()
  const showsCues = useShowsCues()
  return (
    <div className={classes.settings}>
      <label className={classes.setting}>
        <input type="checkbox" checked={showsCues} onChange={({ currentTarget }) => showCues(currentTarget.checked)} />
        Tell me what to look for before an experiment is run
      </label>
      {Object.keys(progress).length > 0 ? (
        <button type="button" className={textButton.button} onClick={forgetProgress}>
          Begin the chapter anew (what was run stays in the lab)
        </button>
      ) : null}
    </div>
  )
}
