import type { SweptSetting } from '@hourglass/autoencoders'
import type { ComponentType } from 'react'
import classes from './FigureRow.module.css'
import type { MeasuredRuns } from './measuredRuns'
import type { ExperimentRun } from './useExperiment'
import type { RunAnalysis } from './useExperimentAnalyses'

/** What a figure of an experiment is made of. */
export interface FigureProps extends MeasuredRuns {
  readonly swept: SweptSetting
}

export interface RowProps {
  readonly run: ExperimentRun
  /** Undefined while nothing is known of it. */
  readonly analysis: RunAnalysis | null | undefined
}

interface RowsOptions {
  /** Whether what is shown of a run is a plot of equal sides, several of which fit side by side. @default never */
  readonly areTiles?: (runs: readonly ExperimentRun[]) => boolean
}

/** Makes a figure of what is shown of each run, one below the other, or side by side. */
export function eachRun(Row: ComponentType<RowProps>, { areTiles = () => false }: RowsOptions = {}): ComponentType<FigureProps> {
  return function RunRows({ runs, analyses }) {
    const rows = runs.map((run) => <Row key={run.id} run={run} analysis={analyses.get(run.id)} />)
    return areTiles(runs) ? <div className={classes.tiles}>{rows}</div> : rows
  }
}

/** Tells whether all runs learn points. */
export const arePoints = (runs: readonly ExperimentRun[]) => runs.every(({ dataset }) => dataset.exampleShape.length === 1)
