import { epochCatalog, latentDimensionOf, metricCatalog, sweptSetting } from '@hourglass/autoencoders'
import { print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ComparedRunDocument, ExperimentDocument, RunDocument, RunEventsDocument } from '../src/data/generated/graphql'
import { configDescription, readRunConfig } from '../src/data/readRunConfig'
import { measuredTable } from '../src/entities/analysis/analysisTables'
import { charts, curvesOf, type EpochPoint } from '../src/entities/metric/curvesOf'
import { columnOf, formatMeasured } from '../src/entities/metric/formatMeasured'
import { curvesTable } from '../src/entities/run/runFigures'
import type { ComparedRun } from '../src/entities/run/useComparedRuns'
import { compareGroups } from '../src/features/compare/comparisonRows'
import { groupRuns } from '../src/features/compare/runGroups'
import { measurementsTable } from '../src/features/experiment/analysesTables'
import { experimentMetrics } from '../src/features/experiment/experimentMetrics'
import { experimentTable } from '../src/features/experiment/experimentSource'
import type { ExperimentRun } from '../src/features/experiment/useExperiment'
import { makeRun } from './runFixtures'

/** A run whose every measurement has a value of its own: its place in the catalog. */
const ofEpoch = Object.fromEntries(epochCatalog.map(({ id }, index) => [id, index + 1]))
const ofTest = Object.fromEntries(metricCatalog.map(({ id }, index) => [id, 100 + index]))
const summary = { ...makeRun().summary, ...ofEpoch, test: ofTest }
const run = makeRun({ metrics: [{ epoch: 1, ...ofEpoch }], summary } as unknown as Parameters<typeof makeRun>[0])
const compared = run as unknown as ComparedRun
const units = compared.dataset ? latentDimensionOf(readRunConfig(compared.config).architecture, compared.dataset.exampleShape) : null
const results = compareGroups(groupRuns([compared], null), { all: false, baseline: null }).flatMap(({ rows }) => rows)
const textOf = (id: string) => results.find((row) => row.id === id)?.cells[0]?.text

/** Tells whether an operation asks for a field inside another. */
function asksFor(document: Parameters<typeof print>[0], fragment: string, id: string): boolean {
  const text = print(document)
  const begin = text.indexOf(`fragment ${fragment} on`)
  return begin >= 0 && new RegExp(`\\b${id}\\b`).test(text.slice(begin, text.indexOf('\n}', begin)))
}

describe.each(epochCatalog)('what epochs are measured with: $id', (row) => {
  it('is asked for of epochs and of the newest one', () => {
    for (const document of [RunDocument, RunEventsDocument]) expect(asksFor(document, 'EpochMetricsFields', row.id)).toBe(true)
    for (const document of [ComparedRunDocument, ExperimentDocument]) expect(asksFor(document, 'RunSummaryFields', row.id)).toBe(true)
  })

  it('has a curve', () => {
    const chart = charts.find(({ rows }) => rows.includes(row))
    expect(chart?.title).toBeTruthy()
    const curves = chart ? curvesOf(run.metrics as readonly EpochPoint[], { chart, colour: 'teal', scored: 'validation' }) : []
    expect(curves.find(({ id }) => id === row.id)?.points).toEqual([{ x: 1, y: ofEpoch[row.id] }])
  })

  it('has a column in what is exported of curves', () => {
    const { columns, rows } = curvesTable({ ...run, config: readRunConfig(compared.config) } as unknown as Parameters<
      typeof curvesTable
    >[0])
    expect(rows[0]?.[columns.indexOf(columnOf(row))]).toBe(ofEpoch[row.id])
  })
})

// The epochs of a run took what stands there as its time.
describe.each(epochCatalog.filter(({ id }) => id !== 'seconds'))('of the newest epoch: $id', (row) => {
  it('has a row where runs are compared, and a figure and a column where they are an experiment', () => {
    expect(textOf(row.id)).toBe(formatMeasured(ofEpoch[row.id], row, units))
    expect(experimentMetrics.filter((metric) => metric.row === row).map(({ read }) => read(summary))).toContain(ofEpoch[row.id])
  })
})

describe.each(metricCatalog)('what completed runs are measured with: $id', (row) => {
  it('is asked for of the run and of its analysis', () => {
    for (const document of [ComparedRunDocument, ExperimentDocument]) expect(asksFor(document, 'RunSummaryFields', row.id)).toBe(true)
    expect(asksFor(RunDocument, 'AnalysisFields', row.id)).toBe(true)
  })

  it('has a row where runs are compared, and a figure where they are an experiment', () => {
    expect(textOf(`test.${row.id}`)).toBe(formatMeasured(ofTest[row.id], row, units))
    expect(experimentMetrics.find(({ id }) => id === `test.${row.id}`)?.read(summary)).toBe(ofTest[row.id])
  })

  it('stands in what is exported of a run and of an experiment', () => {
    const subject = { subject: 'MODEL', metrics: ofTest } as unknown as Parameters<typeof measuredTable>[0][number]
    expect(measuredTable([subject]).rows).toContainEqual([row.title, row.unit, ofTest[row.id]])
    const { columns, rows } = measurementsTable({ runs: [run], analyses: new Map([[run.id, { subjects: [subject] } as never]]) })
    expect(rows[0]?.[columns.findIndex((name) => name.startsWith(row.title) && rows[0]?.[columns.indexOf(name)] === ofTest[row.id])]).toBe(
      ofTest[row.id],
    )
  })
})

describe('an experiment’s table', () => {
  it('has a column of every measurement, no two of one name', () => {
    const { columns, rows } = experimentTable([run as unknown as ExperimentRun], sweptSetting(configDescription, []))
    expect(new Set(columns).size).toBe(columns.length)
    for (const metric of experimentMetrics) {
      expect(rows[0]?.[columns.indexOf(columnOf({ ...metric.row, title: metric.title }))]).toBe(metric.read(summary))
    }
  })
})

describe('a measured number', () => {
  it('is written as its row says', () => {
    const written = (value: number | null, format?: 'duration' | 'count') =>
      formatMeasured(value, format ? { digits: 3, format } : { digits: 3 })
    expect([written(0.123456), written(90, 'duration'), written(12_345.6, 'count'), written(null), written(Number.NaN)]).toEqual([
      '0.123',
      '1 min 30 s',
      '12,346',
      '–',
      '–',
    ])
  })
})
