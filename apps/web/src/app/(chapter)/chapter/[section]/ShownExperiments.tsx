'use client'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import 'uplot/dist/uPlot.min.css'
import type { Question } from '@hourglass/chapter'
import { createPortal } from 'react-dom'
import { useExperimentsChanged } from '../../../../data/useExperimentsChanged'
import { useRunsChanged } from '../../../../data/useRunsChanged'
import { runColourStyleSheet } from '../../../../entities/run/runColour'
import { noteTask, useChapterProgress } from '../../../../features/chapter/chapterProgress'
import { Prediction } from '../../../../features/chapter/Prediction'
import type { ShownExperiment } from '../../../../features/chapter/shownExperiments'
import { offerTask } from '../../../../features/chapter/takenTasks'
import { ExperimentInText } from '../../../../features/experiment/ExperimentInText'
import { Providers } from '../../../../shell/Providers'

interface ShownExperimentsProps {
  readonly shown: readonly ShownExperiment[]
  readonly questions: Readonly<Record<string, Question>>
}

/** Draws each experiment at its place in the text, live. */
export function ShownExperiments(props: ShownExperimentsProps) {
  return (
    <Providers>
      <style>{runColourStyleSheet()}</style>
      <Live {...props} />
    </Providers>
  )
}

function Live({ shown, questions }: ShownExperimentsProps) {
  useRunsChanged()
  useExperimentsChanged()
  const progress = useChapterProgress()
  return shown.map(({ preset, experimentId, place }) => {
    const question = questions[preset]
    return createPortal(
      <ExperimentInText
        key={experimentId}
        id={experimentId}
        judge={(verdicts) => question && <Prediction question={question} answer={progress[preset]?.answer ?? null} verdicts={verdicts} />}
        offer={(take) => offerTask(preset, take)}
        onMissing={() => noteTask(preset, { experimentId: null })}
      />,
      place,
      preset,
    )
  })
}
