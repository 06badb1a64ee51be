'use client'

import { latentDimensionOf, type MetricId, metricCatalog, type Subject, subjectCatalog } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { runColour } from '../../entities/run/runColour'
import { DotLegend } from '../../ui/DotLegend'
import { DotPlot, type DotRow, type DotSeries } from '../../ui/DotPlot'
import { featureMetrics } from './analysesTables'
import type { FigureProps } from './FigureProps'
import classes from './MeasurementsFigure.module.css'

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
  if (measured.length === 0) return <p className={classes.waiting}>Runs are measured after their last epoch.</p>
  const plots = metricCatalog
    .filter(({ id }) => metrics.includes(id))
    .flatMap((metric) =>
      [ofClean, ofCorrupted].flatMap((subjects) => {
        const rows = measured.map(({ run, subjects: rowsOf }): DotRow => {
          const values = subjects.map((subject) => {
            const value = rowsOf.find((row) => row.subject === subject)?.metrics[metric.id] ?? null
            return [subject, value === null ? undefined : { value, text: formatMeasured(value, metric, unitsOf(run)) }] as const
          })
          return { id: run.id, label: run.label ?? run.name, colour: runColour(run.number), values: Object.fromEntries(values) }
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

const toSeries = (subject: Subject): DotSeries => ({ id: subject, label: subjectCatalog[subject].title, mark: marks[subject] })

function noteOf({ unit, better }: { readonly unit: string | null; readonly better: 'lower' | 'higher' | null }): string {
  return [unit ?? '', better === null ? '' : better === 'lower' ? '↓' : '↑'].filter(Boolean).join(' ')
}

function unitsOf({ config, dataset }: FigureProps['runs'][number]): number {
  return latentDimensionOf(readRunConfig(config).architecture, dataset.exampleShape)
}
