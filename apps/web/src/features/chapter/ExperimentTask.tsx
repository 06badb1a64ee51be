'use client'
import type { Question } from '@hourglass/chapter'
import { useEffect, useId, useRef } from 'react'
import { useShowsCues } from '../../entities/experiment/cues'
import { Age } from '../../ui/Age'
import { formatEstimate } from '../../ui/formatQuantity'
import { type StoredExperiment, useChapterLab } from './chapterLab'
import { noteTask, useReaderTask } from './chapterProgress'
import classes from './ExperimentTask.module.css'
import { showExperiment } from './shownExperiments'
import { useLaunch, type Version } from './useLaunch'

export interface TaskPreset {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly lookFor: string
  /** How many runs it has, in full and in the quick version. */
  readonly runs: number
  readonly quickRuns: number
}

interface ExperimentTaskProps {
  readonly preset: TaskPreset
  /** Level of its heading: below that of what it stands under. */
  readonly level: 2 | 3
  readonly question: Question | null
}

/** Asks what the reader expects of an experiment, launches it, and keeps the place where it is shown. */
export function ExperimentTask({ preset, level, question }: ExperimentTaskProps) {
  const Title = `h${level}` as const
  const { id, title, description, lookFor } = preset
  const { answer, experimentId, isQuick, text: written } = useReaderTask(id)
  const place = useRef<HTMLDivElement>(null)
  const heading = useId()
  const { launch, launching, problem } = useLaunch(id)
  const lab = useChapterLab()
  const times = lab.times.get(id)
  const stored = lab.stored.filter(({ preset: of }) => of?.id === id)
  const showsCues = useShowsCues()
  useEffect(() => {
    if (experimentId === null || !place.current) return undefined
    return showExperiment({ preset: id, experimentId, place: place.current })
  }, [id, experimentId])
  const offer = (version: Version) => {
    const quick = version === 'quick'
    const seconds = quick ? times?.quickSeconds : times?.seconds
    const time = typeof seconds === 'number' ? `, about ${formatEstimate(seconds)}` : ''
    const runs = quick ? preset.quickRuns : preset.runs
    return (
      <button
        type="button"
        className={quick && stored.length === 0 ? classes.primary : classes.secondary}
        disabled={launching !== null}
        aria-busy={launching === version}
        onClick={() => launch(version)}
      >
        {quick ? 'Run it quickly' : 'Run it in full'}
        <span className={classes.time}>
          {runs === 1 ? '1 run' : `${runs} runs`}
          {time}
        </span>
      </button>
    )
  }
  return (
    <section id={id} className={classes.root} aria-labelledby={heading} data-task={id}>
      <p className={classes.kind}>Experiment</p>
      <Title id={heading} className={classes.title}>
        {title}
      </Title>
      <p className={classes.description}>{description}</p>
      {showsCues || experimentId !== null ? (
        <p className={classes.cue}>
          <span className={classes.cueName}>Look for</span> {lookFor}
        </p>
      ) : null}
      {question ? (
        <fieldset className={classes.question} disabled={experimentId !== null}>
          <legend className={classes.ask}>{question.ask}</legend>
          {question.answers.map(({ text }, index) => (
            <label key={text} className={classes.answer}>
              <input type="radio" name={`${heading}-answer`} checked={answer === index} onChange={() => noteTask(id, { answer: index })} />
              {text}
            </label>
          ))}
        </fieldset>
      ) : null}
      {experimentId === null ? (
        <div className={classes.launch}>
          {stored.map((experiment) => (
            <Stored key={experiment.id} preset={id} experiment={experiment} />
          ))}
          {offer('quick')}
          {offer('full')}
        </div>
      ) : (
        <>
          <div ref={place} data-testid="task-result" />
          <label className={classes.own}>
            What do you make of it?
            <textarea rows={3} value={written} onChange={({ currentTarget }) => noteTask(id, { text: currentTarget.value })} />
          </label>
          <div className={classes.launch}>
            {isQuick ? offer('full') : null}
            <button type="button" className={classes.secondary} onClick={() => noteTask(id, { experimentId: null, answer: null })}>
              Ask me again
            </button>
          </div>
        </>
      )}
      {problem !== null ? (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      ) : null}
    </section>
  )
}

/** Offers what the lab has run already, in place of running it again. */
function Stored({
  preset,
  experiment: { id, number, quick, createdAt },
}: {
  readonly preset: string
  readonly experiment: StoredExperiment
}) {
  return (
    <button type="button" className={classes.primary} onClick={() => noteTask(preset, { experimentId: id, isQuick: quick })}>
      {quick ? 'Show what was run quickly' : 'Show what was run in full'}
      <span className={classes.time}>
        Experiment {number}, <Age at={createdAt} />
      </span>
    </button>
  )
}
