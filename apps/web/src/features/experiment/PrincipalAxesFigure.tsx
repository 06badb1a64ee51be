'use client'

import { measurementTerm } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { type PrincipalAxes, PrincipalAxesPlot } from '../../entities/run/PrincipalAxesPlot'
import { principalAxesTable } from '../../entities/run/principalAxesTable'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { useExamples } from '../../files/useExamples'
import { Unread } from '../../ui/Unread'
import type { FigureProps, RowProps } from './FigureProps'
import { FigureRow } from './FigureRow'
import rowClasses from './FigureRow.module.css'
import { useRowNumbers } from './figureNumbers'
import { runFacts } from './runFacts'
import type { ExperimentRun } from './useExperiment'
import { Waiting } from './Waiting'

/** Shows where each run puts the test points, with the principal axes of the training points. */
export function PrincipalAxesFigure({ runs, analyses }: FigureProps) {
  return (
    <div className={rowClasses.tiles}>
      {runs.map((run) => (
        <PrincipalAxesRow key={run.id} run={run} analysis={analyses.get(run.id)} axes={axesFor(run, { runs, analyses })} />
      ))}
    </div>
  )
}

/** Finds the axes of a run’s training points: those that it was measured with or, before, those of a run of the same points. */
function axesFor(run: ExperimentRun, { runs, analyses }: Pick<FigureProps, 'runs' | 'analyses'>): PrincipalAxes | null {
  const pointsOf = ({ config }: ExperimentRun) => {
    const { dataset, trainCount } = readRunConfig(config).data
    return `${dataset} ${trainCount}`
  }
  const alike = [run, ...runs.filter((each) => pointsOf(each) === pointsOf(run))]
  return alike.map(({ id }) => analyses.get(id)?.principalAxes).find((axes) => axes) ?? null
}

function PrincipalAxesRow({ run, analysis, axes }: RowProps & { readonly axes: PrincipalAxes | null }) {
  const { epochsCompleted } = run.summary
  const { reconstructions, failed, retry } = useReconstructions(run.id, epochsCompleted > 0 ? epochsCompleted : null)
  const { points, error, retry: reload } = useExamples(reconstructions)
  const numbers = useMemo(() => (points ? () => principalAxesTable(axes, points) : null), [axes, points])
  useRowNumbers(run.id, numbers)
  const angles = analysis?.subspaceAngles
  const facts = angles
    ? [
        {
          name: 'Angle to PCA',
          value: `${(((angles.at(-1) ?? 0) * 180) / Math.PI).toFixed(1)}°`,
          term: measurementTerm('subspaceAngle'),
        },
      ]
    : []
  // Plots stand side by side where what is told of each keeps to one line.
  const errors = runFacts(run).filter(({ name }) => name !== 'Parameters')
  return (
    <FigureRow run={run} facts={[...errors, ...facts]}>
      {points ? (
        <PrincipalAxesPlot points={points} axes={axes} label={run.label ?? run.name} />
      ) : failed || error ? (
        <Unread what="The reconstructions" onRetry={failed ? retry : reload} />
      ) : (
        <Waiting>{epochsCompleted > 0 ? '' : 'Points appear with the first finished epoch.'}</Waiting>
      )}
    </FigureRow>
  )
}
