'use client'

import { useMemo } from 'react'
import { comparableCurve, comparableTitle, comparisonNotes, toComparable } from '../../entities/run/comparable'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { LineChart } from '../../ui/LineChart'
import { comparedSeries } from './comparedSeries'
import classes from './SelectionDock.module.css'

interface SelectedCurvesProps {
  readonly runs: readonly ComparedRun[]
  readonly scale: 'linear' | 'log'
  /** Of the chart, in pixels. */
  readonly height: number
}

/** Lays the curves of runs over each other, and says what keeps them from being compared. */
export default function SelectedCurves({ runs, scale, height }: SelectedCurvesProps) {
  const comparable = useMemo(() => toComparable(runs), [runs])
  const notes = comparisonNotes(comparable)
  const series = useMemo(() => comparedSeries(runs, comparableCurve(comparable)), [runs, comparable])
  return (
    <>
      {notes.length > 0 ? <p className={classes.note}>{notes.join(' ')}</p> : null}
      <LineChart series={series} scale={scale} xLabel="Epoch" yLabel={comparableTitle(comparable)} height={height} />
    </>
  )
}
