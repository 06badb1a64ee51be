'use client'

import { useApolloClient } from '@apollo/client/react'
import { Button, SegmentedControl } from '@mantine/core'
import Link from 'next/link'
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo, useRef } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { mixedNote, type Scored, scoredWord } from '../../entities/metric/scoredOn'
import { comparableCurve, comparedCurves, comparisonNote, curveTitle } from '../../entities/run/comparedCurve'
import { comparedSeries } from '../../entities/run/comparedSeries'
import { comparedSource, comparedTable } from '../../entities/run/comparedTable'
import { RunValuesTable } from '../../entities/run/RunValuesTable'
import { runsScored } from '../../entities/run/runsScored'
import { UnreadableRuns } from '../../entities/run/UnreadableRuns'
import { useComparedRuns } from '../../entities/run/useComparedRuns'
import { FigureDownload } from '../../ui/FigureDownload'
import { LineChart } from '../../ui/LineChart'
import { ScaleControl } from '../../ui/ScaleControl'
import { useChartPoints } from '../../ui/useChartPoints'
import classes from './ComparePage.module.css'
import { ComparisonTable } from './ComparisonTable'

const curves = (scored: Scored | 'mixed') => [
  { value: 'validation' as const, label: scored === 'mixed' ? 'Scored' : scoredWord(scored) },
  { value: 'train' as const, label: 'Training' },
  { value: 'both' as const, label: 'Both' },
  { value: 'mse' as const, label: 'MSE' },
]

const view = {
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  /** Absent until one is chosen: then the runs decide. */
  curve: parseAsStringLiteral(comparedCurves),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
}

/** Composes the page that puts runs side by side. */
export function ComparePage() {
  const client = useApolloClient()
  const figure = useRef<HTMLDivElement>(null)
  const [{ runs: ids, curve: chosen, scale }, setView] = useQueryStates(view, { history: 'replace' })
  const { runs, unreadable, missing, loading } = useComparedRuns(ids, useChartPoints())
  const configs = useMemo(() => runs.map(({ config }) => readRunConfig(config)), [runs])
  const curve = chosen ?? comparableCurve(configs)
  const scored = useMemo(() => runsScored(runs), [runs])
  const note = [comparisonNote(configs, curve), curve === 'train' ? null : mixedNote(scored)].filter((each) => each !== null).join(' ')
  const series = useMemo(() => comparedSeries(runs, curve), [runs, curve])
  const remove = (id: string) => setView({ runs: ids.filter((other) => other !== id) })
  const count = ids.length - missing.length

  if (count === 0) {
    return (
      <section className={classes.empty} aria-label="Nothing to compare">
        <h1 className={classes.title}>Compare</h1>
        {missing.length > 0 ? <p className={classes.text}>{describeMissing(missing)}</p> : null}
        <p className={classes.text}>Select runs in the table to see their curves over each other and what differs between them.</p>
        <Button component={Link} href="/">
          Choose runs
        </Button>
      </section>
    )
  }
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Compare {count === 1 ? '1 run' : `${count} runs`}</h1>
        <SegmentedControl
          size="xs"
          aria-label="Curve"
          value={curve}
          onChange={(value) => setView({ curve: value })}
          data={curves(scored)}
        />
        <ScaleControl value={scale} onChange={(next) => setView({ scale: next })} />
        <FigureDownload
          what="curves"
          source={comparedSource(runs)}
          figure={figure}
          table={() =>
            comparedTable(
              client,
              runs.map(({ id }) => id),
            )
          }
        />
      </div>
      {missing.length > 0 ? (
        <p className={classes.missing} role="status">
          {describeMissing(missing)}{' '}
          <button type="button" className={classes.link} onClick={() => setView({ runs: ids.filter((id) => !missing.includes(id)) })}>
            Take out
          </button>
        </p>
      ) : null}
      <UnreadableRuns runs={unreadable} />
      {unreadable.map(({ id, number, name }) => (
        <RunValuesTable key={id} id={id} label={`Values of run ${number}, ${name}`} />
      ))}
      {note ? <p className={classes.note}>{note}</p> : null}
      <div ref={figure}>
        <LineChart
          series={series}
          scale={scale}
          xLabel="Epoch"
          yLabel={curveTitle(curve, scored)}
          height={360}
          emptyText={loading ? 'Loading…' : 'No epochs yet'}
        />
      </div>
      {runs.length > 0 ? <ComparisonTable runs={runs} onRemove={remove} /> : null}
    </>
  )
}

/** Says which of the runs that the address names there are not. */
function describeMissing(ids: readonly string[]): string {
  const named = new Intl.ListFormat('en').format(ids.map((id) => `“${id}”`))
  return ids.length === 1
    ? `There is no run ${named}; it may have been deleted.`
    : `There are no runs ${named}; they may have been deleted.`
}
