import { presets } from '@hourglass/autoencoders'
import type { Question } from '@hourglass/chapter'
import { ExperimentTask } from './ExperimentTask'

interface ExperimentPartProps {
  readonly preset: string
  /** Level of its heading. */
  readonly level: 2 | 3
  readonly question?: Question | undefined
}

/** Offers an experiment of the chapter within its text. Throws where there is no such experiment. */
export function ExperimentPart({ preset, level, question }: ExperimentPartProps) {
  const found = presets.find(({ id }) => id === preset)
  if (!found) throw new TypeError(`expected an experiment of the chapter, got ${preset}`)
  const { id, title, description, lookFor, runs, quickRuns } = found
  return (
    <ExperimentTask
      preset={{ id, title, description, lookFor, runs: runs.length, quickRuns: quickRuns.length }}
      level={level}
      question={question ?? null}
    />
  )
}
