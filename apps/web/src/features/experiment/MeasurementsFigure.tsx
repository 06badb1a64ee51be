'use client'

import {
  latentDimensionOf,
  type MetricId,
  measurementTerm,
  metricCatalog,
  type Subject,
  subjectCatalog,
  subjectTerm,
} from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { runColour } from '../../entities/run/runColour'
import { featureMetrics } from './analysesTables'
import { DotLegend } from './DotLegend'
import { DotPlot, type DotRow, type DotSeries } from './DotPlot'
import type { FigureProps } from './FigureProps'
import classes from './MeasurementsFigure.module.css'
import { groupRuns, toDot } from './replicates'

/** How each subject is marked. */
const marks: Readonly<Record<Subject, DotSeries['mark']>> = {
  MODEL: 'run',
  DENOISED: 'run',
  TRAINING: 'hollow',
  CORRUPTED: 'cross',
  CORRUPTED_PCA: 'diamond',
  WIENER_FILTER: 'hollow',
  MEDIAN_FILTER: 'bar',
  PCA: 'diamond',
  MEAN_IMAGE: 'cross',
  PIXELS: 'bar',
}

/** Subjects that a metric is compared over: of runs that denoise, what they are for. */
const ofClean: readonly Subject[] = ['MODEL', 'TRAINING', 'PCA', 'MEAN_IMAGE', 'PIXELS']
const ofCorrupted: readonly Subject[] = ['DENOISED', 'CORRUPTED_PCA', 'WIENER_FILTER', 'MEDIAN_FILTER', 'CORRUPTED']

/** Sets every metric of every run beside its baselines, a plot for each. */
export function MeasurementsFigure(props: FigureProps) {
  return <Plots {...props} metrics={metricCatalog.map(({ id }) => id)} />
}

/** Sets what codes tell of classes beside principal components and raw values. */
export function FeaturesFigure(props: FigureProps) {
  return <Plots {...props} metrics={featureMetrics} />
}

interface PlotsProps extends FigureProps {
  readonly metrics: readonly MetricId[]
}

function Plots({ runs, analyses, metrics }: PlotsProps) {
  const measured = useMemo(
    () =>
      runs.flatMap((run) => {
        const subjects = analyses.get(run.id)?.subjects
        return subjects ? [{ run, subjects }] : []
      }),
    [runs, analyses],
  )
  const groups = useMemo(() => {
    const subjectsOf = new Map(measured.map(({ run, subjects }) => [run.id, subjects]))
    return groupRuns(measured.map(({ run }) => run)).flatMap(({ label, runs: members }) => {
      const [first] = members
      if (!first) return []
      const named = members.length > 1 ? `${label}, ${members.length} seeds` : label
      return [
        {
          id: first.id,
          number: first.number,
          label: named,
          units: unitsOf(first),
          members: members.flatMap(({ id }) => [subjectsOf.get(id) ?? []]),
        },
      ]
    })
  }, [measured])
  if (measured.length === 0) return <p className={classes.waiting}>Runs are measured after their last epoch.</p>
  const plots = metricCatalog
    .filter(({ id }) => metrics.includes(id))
    .flatMap((metric) =>
      [ofClean, ofCorrupted].flatMap((subjects) => {
        const rows = groups.map(({ id, number, label, units, members }): DotRow => {
          const values = subjects.map((subject) => {
            const found = members.flatMap((rowsOf) => rowsOf.find((row) => row.subject === subject)?.metrics[metric.id] ?? [])
            const dot = toDot(found)
            // What is a mean over seeds counts no units.
            return [subject, dot && found.length === 1 ? { ...dot, text: formatMeasured(dot.value, metric, units) } : dot] as const
          })
          return { id, label, colour: runColour(number), values: Object.fromEntries(values) }
        })
        const present = subjects.filter((subject) => rows.some(({ values }) => values[subject]))
        return present.length > 0 ? [{ metric, rows, present, isOfCorrupted: subjects === ofCorrupted }] : []
      }),
    )
  const shown = [...new Set(plots.flatMap(({ present }) => present))]
  return (
    <>
      <div className={classes.plots}>
        {plots.map(({ metric, rows, present, isOfCorrupted }) => (
          <DotPlot
            key={`${metric.id} ${isOfCorrupted}`}
            title={isOfCorrupted ? `${metric.title}, of corrupted images` : metric.title}
            term={measurementTerm(metric.id)}
            note={noteOf(metric)}
            rows={rows}
            series={present.map(toSeries)}
            format={(value) => formatMeasured(value, metric)}
            bounds={metric.bounds}
          />
        ))}
      </div>
      <DotLegend series={shown.map(toSeries)} />
    </>
  )
}

const toSeries = (subject: Subject): DotSeries => ({
  id: subject,
  label: subjectCatalog[subject].title,
  term: subjectTerm(subject),
  mark: marks[subject],
})

function noteOf({ unit, better }: { readonly unit: string | null; readonly better: 'lower' | 'higher' | null }): string {
  return [unit ?? '', better === null ? '' : better === 'lower' ? '↓' : '↑'].filter(Boolean).join(' ')
}

function unitsOf({ config, dataset }: FigureProps['runs'][number]): number {
  return latentDimensionOf(readRunConfig(config).architecture, dataset.exampleShape)
}
