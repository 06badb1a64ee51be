'use client'

import type { SweptSetting } from '@hourglass/autoencoders'
import { Select } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import type { ExperimentFigure } from '../../data/generated/graphql'
import { FigureSection } from '../../ui/FigureSection'
import { Unread } from '../../ui/Unread'
import { experimentFigures, suitingFigures } from './experimentFigures'
import { experimentSource, experimentTable } from './experimentSource'
import { FigureNumbers, joinNumbers, type RowNumbers } from './figureNumbers'
import type { Experiment, ExperimentRun } from './useExperiment'
import { useExperimentAnalyses } from './useExperimentAnalyses'
import type { Verdict } from './useVerdicts'

interface ExperimentFigureSectionProps {
  readonly experiment: Experiment
  readonly runs: readonly ExperimentRun[]
  readonly swept: SweptSetting
  /** Undefined until they are known. */
  readonly verdicts: readonly Verdict[] | undefined
  /** What to show; null for the experiment’s own. */
  readonly chosen: ExperimentFigure | null
  /** Null where no other can be chosen. */
  readonly onChoose: ((figure: ExperimentFigure | null) => void) | null
}

/** Shows the chapter's figure of an experiment, or another one of the same runs, assembled while they train. */
export function ExperimentFigureSection({ experiment, runs, swept, verdicts, chosen, onChoose }: ExperimentFigureSectionProps) {
  const numbers = useRef<RowNumbers>(new Map())
  const suiting = useMemo(() => suitingFigures(runs), [runs])
  const isUnsuitable = chosen !== null && !suiting.includes(chosen)
  // A link may ask for a figure that these runs have nothing to show in; what the page shows is what its address says.
  useEffect(() => {
    if (isUnsuitable) onChoose?.(null)
  }, [isUnsuitable, onChoose])
  const shown = [chosen, experiment.figure].find((each) => each !== null && suiting.includes(each)) ?? 'RECONSTRUCTIONS'
  const { title, note, Figure, isMeasured = false, table } = experimentFigures[shown]
  const { analyses, failed, retry } = useExperimentAnalyses(experiment, isMeasured)
  const props = { runs, swept, analyses }
  return (
    <FigureSection
      id="experiment-figure"
      title={title}
      note={typeof note === 'string' ? note : note(runs)}
      controls={
        onChoose && (
          <Select
            size="xs"
            aria-label="Figure"
            value={shown}
            onChange={(value) => onChoose(suiting.find((each) => each === value && each !== experiment.figure) ?? null)}
            data={suiting.map((each) => ({ value: each, label: experimentFigures[each].title }))}
            allowDeselect={false}
            comboboxProps={{ width: 210, position: 'bottom-end' }}
          />
        )
      }
      source={experimentSource(experiment, title, verdicts)}
      table={() => table?.(props) ?? joinNumbers(runs, numbers.current) ?? experimentTable(runs, swept)}
      state={failed ? <Unread what="The measurements" onRetry={retry} /> : null}
    >
      <div data-testid="experiment-figure" data-figure={shown}>
        <FigureNumbers value={numbers}>
          <Figure key={shown} {...props} />
        </FigureNumbers>
      </div>
    </FigureSection>
  )
}
