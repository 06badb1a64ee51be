'use client'
import type { Question } from '@hourglass/chapter'
import { useState } from 'react'
import { saveFile } from '../../ui/saveFile'
import { useChapterProgress } from './chapterProgress'
import classes from './HandIn.module.css'
import { takeTask } from './takenTasks'
import type { HandedIn } from './writeHandIn'

export interface HandInTask {
  readonly preset: string
  readonly title: string
  readonly question: Question | null
}

interface HandInProps {
  readonly section: string
  readonly tasks: readonly HandInTask[]
}

/** Saves what a reader did in a section as one file, for whoever set the task. */
export function HandIn({ section, tasks }: HandInProps) {
  const progress = useChapterProgress()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isWriting, setIsWriting] = useState(false)
  const touched = tasks.filter(({ preset }) => progress[preset] !== undefined)
  if (touched.length === 0) return null

  const save = async () => {
    setProblem(null)
    setIsWriting(true)
    try {
      const done: HandedIn[] = []
      for (const { preset, title, question } of touched) {
        const task = progress[preset]
        done.push({
          title,
          ask: question?.ask ?? null,
          answer: question?.answers[task?.answer ?? -1]?.text ?? null,
          text: task?.text ?? '',
          taken: await takeTask(preset),
        })
      }
      const { writeHandIn: write } = await import('./writeHandIn')
      saveFile(`${fileName(section)}.html`, write(section, name, done), 'text/html')
    } catch (cause) {
      setProblem(`The file could not be written: ${cause instanceof Error ? cause.message : String(cause)}`)
    } finally {
      setIsWriting(false)
    }
  }
  return (
    <aside className={classes.root} aria-label="What you did in this section">
      <p>
        {touched.length === 1 ? 'One experiment' : `${touched.length} experiments`} of this section {touched.length === 1 ? 'has' : 'have'}{' '}
        your answers, texts or runs. One file takes them along, with figures, numbers and configurations.
      </p>
      <div className={classes.row}>
        <label className={classes.name}>
          Your name <input type="text" value={name} autoComplete="name" onChange={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
        <button type="button" className={classes.save} disabled={isWriting} aria-busy={isWriting} onClick={() => void save()}>
          Save what I did (HTML)
        </button>
      </div>
      {problem === null ? null : <p role="alert">{problem}</p>}
    </aside>
  )
}

const fileName = (section: string) =>
  section
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
