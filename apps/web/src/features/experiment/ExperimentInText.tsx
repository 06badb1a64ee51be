'use client'
import { sweptSetting } from '@hourglass/autoencoders'
import Link from 'next/link'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { EXPERIMENT_NOT_FOUND } from '../../data/apiError'
import { configDescription, readRunConfig } from '../../data/readRunConfig'
import { runStatuses } from '../../entities/run/runStatus'
import { Guarded } from '../../ui/Guarded'
import { type TakenFigure, takeFigure } from '../../ui/takeFigure'
import textButton from '../../ui/textButton.module.css'
import { comparableRun } from './comparableRun'
import { experimentStatus } from './describeExperiment'
import { ExperimentFigureSection } from './ExperimentFigureSection'
import classes from './ExperimentInText.module.css'
import { ExperimentProgress } from './ExperimentProgress'
import { experimentSource, experimentTable } from './experimentSource'
import { type Experiment, useExperiment } from './useExperiment'
import { useVerdicts, type Verdict } from './useVerdicts'
import { VerdictList } from './VerdictList'

interface ExperimentInTextProps {
  readonly id: string
  /** What is said of the verdicts; they are undefined until they are known. */
  readonly judge: (verdicts: readonly Verdict[] | undefined) => ReactNode
  /** Called where there is no such experiment any more. */
  readonly onMissing: () => void
  /** Says how what it shows is taken away, until what it returns is called. */
  readonly offer: (take: () => Promise<TakenExperiment>) => () => void
}

/** What is taken away of an experiment: its figure, and what made it. */
export interface TakenExperiment extends TakenFigure {
  readonly experiment: string
  readonly findings: readonly string[]
  readonly configs: readonly { readonly name: string; readonly config: unknown }[]
}

/** Shows an experiment within a text: how far it is, its figure as it assembles itself, and what came out. */
export function ExperimentInText({ id, judge, onMissing, offer }: ExperimentInTextProps) {
  const { experiment, error } = useExperiment(id)
  if (experiment) return <Loaded experiment={experiment} judge={judge} offer={offer} />
  if (error?.code === EXPERIMENT_NOT_FOUND) {
    return (
      <p role="status">
        What was run here has been deleted.{' '}
        <button type="button" className={textButton.button} onClick={onMissing}>
          Run it again
        </button>
      </p>
    )
  }
  return <p role="status">{error ? error.message : 'Reading what was run …'}</p>
}

interface LoadedProps extends Pick<ExperimentInTextProps, 'judge' | 'offer'> {
  readonly experiment: Experiment
}

function Loaded({ experiment, judge, offer }: LoadedProps) {
  const { id, number, name, statusCounts, progress } = experiment
  const runs = useMemo(() => experiment.runs.map(comparableRun), [experiment.runs])
  const status = experimentStatus(statusCounts)
  const isActive = status !== null && runStatuses[status].active
  const swept = useMemo(
    () =>
      sweptSetting(
        configDescription,
        runs.map((run) => ({ label: run.label ?? run.name, config: readRunConfig(run.config) })),
      ),
    [runs],
  )
  const { verdicts } = useVerdicts(experiment)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() =>
    offer(async () => {
      const source = experimentSource(experiment, 'Figure', verdicts)
      const taken = await takeFigure({
        what: 'figure',
        source,
        figure: { current: place.current?.querySelector<HTMLElement>('[data-testid="experiment-figure"]') ?? null },
        table: () => experimentTable(runs, swept),
        isTable: false,
        isReading: false,
      })
      const configs = source.runs.map((run) => ({ name: `run ${run.number}, ${run.name}`, config: run.config }))
      return { ...taken, experiment: `Experiment ${number}, ${name}`, findings: source.findings ?? [], configs }
    }),
  )
  return (
    <div className={classes.root}>
      <ExperimentProgress counts={statusCounts} progress={progress} isActive={isActive} />
      <Guarded what="The figure">
        <div ref={place}>
          <ExperimentFigureSection experiment={experiment} runs={runs} swept={swept} verdicts={verdicts} chosen={null} onChoose={null} />
        </div>
      </Guarded>
      {judge(verdicts)}
      {verdicts && verdicts.length > 0 ? <VerdictList verdicts={verdicts} /> : null}
      <p className={classes.more}>
        <Link href={`/experiments/${encodeURIComponent(id)}`}>
          Experiment {number}, {name}: all its figures and runs
        </Link>
      </p>
    </div>
  )
}
