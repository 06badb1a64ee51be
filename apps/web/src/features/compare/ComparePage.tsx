'use client'

import { useApolloClient } from '@apollo/client/react'
import { epochCatalog } from '@hourglass/autoencoders'
import { Button, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { useMemo, useRef, useState } from 'react'
import { SaveAsExperiment } from '../../entities/experiment/SaveAsExperiment'
import { comparableCurve, comparisonNotes, toComparable } from '../../entities/run/comparable'
import { latentSpacesOf } from '../../entities/run/latentSpacesOf'
import { RunValuesTable } from '../../entities/run/RunValuesTable'
import { UnreadableRuns } from '../../entities/run/UnreadableRuns'
import { type ComparedRun, useComparedRuns } from '../../entities/run/useComparedRuns'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import { PageSection } from '../../ui/PageSection'
import { usePageActions } from '../../ui/pageActions'
import { useChartPoints } from '../../ui/useChartPoints'
import { useFigureNote } from '../../ui/WantedFigure'
import { ClassErrorsSection } from './ClassErrorsSection'
import classes from './ComparePage.module.css'
import { CompareToolbar } from './CompareToolbar'
import { ComparisonTable } from './ComparisonTable'
import { CurveGrid } from './CurveGrid'
import { offeredMeasurements, titleOf } from './comparedMeasurements'
import { comparedSource, comparedTable } from './comparedTable'
import { type CompareView, compareView, compareViewOptions } from './compareView'
import { comparisonFile } from './comparisonFile'
import { compareGroups } from './comparisonRows'
import { differencesOf } from './configDifferences'
import { ImageComparison } from './ImageComparison'
import { RelationsSection } from './RelationsSection'
import { dimensionsOf, insideBrushes, readBrush } from './relations'
import { groupingsOf, groupRuns } from './runGroups'

/** Groups from which on each is a row of the table. */
const MANY = 7

/** Composes the page that puts runs side by side. */
export function ComparePage() {
  const [view, setView] = useQueryStates(compareView, compareViewOptions)
  const { runs, unreadable, missing, loading } = useComparedRuns(view.runs, {
    maxPoints: useChartPoints(),
    withMetrics: drawsMetrics(view.curves),
  })
  const present = view.runs.filter((id) => !missing.includes(id))
  useFigureNote(missing.length > 0 ? describeMissing(missing) : null)
  if (present.length === 0) return <NothingToCompare missing={missing} />
  return (
    <>
      {missing.length > 0 ? (
        <p className={classes.missing} role="status">
          {describeMissing(missing)}{' '}
          <button type="button" className={classes.link} onClick={() => setView({ runs: present })}>
            Take out
          </button>
        </p>
      ) : null}
      <UnreadableRuns runs={unreadable} />
      {unreadable.map(({ id, number, name }) => (
        <RunValuesTable key={id} id={id} label={`Values of run ${number}, ${name}`} />
      ))}
      <Comparison runs={runs} present={present} loading={loading} view={view} onView={(changes) => void setView(changes)} />
    </>
  )
}

interface ComparisonProps {
  readonly runs: readonly ComparedRun[]
  /** Ids of the runs that the address names and that are there, read or not. */
  readonly present: readonly string[]
  readonly loading: boolean
  readonly view: CompareView
  readonly onView: (changes: Partial<CompareView>) => void
}

function Comparison({ runs, present, loading, view, onView }: ComparisonProps) {
  const client = useApolloClient()
  const figure = useRef<HTMLDivElement>(null)
  const [highlighted, setHighlighted] = useState<string | null>(null)
  const groupings = useMemo(() => groupingsOf(differencesOf(runs), runs.length), [runs])
  const grouping = groupings.find(({ id }) => id === view.group) ?? null
  const groups = useMemo(() => groupRuns(runs, grouping), [runs, grouping])
  const offered = useMemo(() => offeredMeasurements(runs).map((row) => ({ ...row, label: titleOf(row, runs) })), [runs])
  const comparable = useMemo(() => toComparable(runs), [runs])
  const drawn = view.curves ?? (runs.length === 0 ? [] : [comparableCurve(comparable)])
  const rows = useMemo(
    () => drawn.flatMap((id) => offered.filter((row) => row.id === id).map((row) => ({ row, title: row.label }))),
    [drawn, offered],
  )
  const dimensions = useMemo(() => dimensionsOf(compareGroups(groups, { all: false, baseline: null })), [groups])
  const brushes = useMemo(() => (view.brush ?? []).flatMap((text) => readBrush(text) ?? []), [view.brush])
  const inside = useMemo(() => insideBrushes(dimensions, brushes, groups.length), [dimensions, brushes, groups.length])
  const shown = useMemo(() => groups.filter((_, index) => inside[index]), [groups, inside])
  const parts = useMemo(() => compareGroups(shown, { all: view.all, baseline: view.baseline }), [shown, view.all, view.baseline])
  const isTransposed = view.layout === null ? shown.length >= MANY : view.layout === 'rows'
  const notes = comparisonNotes(comparable, view.curves && rows.map(({ row }) => row))
  const remove = (ids: readonly string[]) => onView({ runs: view.runs.filter((id) => !ids.includes(id)) })
  const sourceOf = (what: string) => comparedSource(runs, what)
  usePageActions(
    runs.length === 0
      ? []
      : [
          {
            id: 'compare.all',
            label: view.all ? 'Show settings that differ' : 'Show all settings',
            run: () => onView({ all: !view.all }),
          },
          {
            id: 'compare.layout',
            label: isTransposed ? 'Show runs as columns' : 'Show runs as rows',
            run: () => onView({ layout: isTransposed ? 'columns' : 'rows' }),
          },
          ...(view.baseline === null
            ? []
            : [{ id: 'compare.baseline', label: 'Compare against no baseline', run: () => onView({ baseline: null }) }]),
          ...(brushes.length === 0
            ? []
            : [{ id: 'compare.brush', label: 'Show runs outside of the brushes again', run: () => onView({ brush: null }) }]),
        ],
  )
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Compare {present.length === 1 ? '1 run' : `${present.length} runs`}</h1>
        <SaveAsExperiment ids={present} words="Save these runs as an experiment" />
        <Button component={Link} href={latentSpacesOf(present)} prefetch={false} variant="default">
          Latent spaces
        </Button>
        <FigureDownload
          what="curves"
          isOffered
          source={sourceOf('Curves')}
          figure={figure}
          isReading={loading}
          table={() =>
            comparedTable(
              client,
              runs.map(({ id }) => id),
            )
          }
        />
      </div>
      <CompareToolbar {...{ view, onView, offered, drawn, groupings, grouping }} />
      {notes.length > 0 ? <p className={classes.note}>{notes.join(' ')}</p> : null}
      <FigureBody what="curves" figure={figure}>
        <CurveGrid
          groups={shown}
          rows={rows}
          view={view}
          emptyText={loading ? 'Loading…' : 'No epochs yet'}
          highlighted={highlighted}
          onHighlight={setHighlighted}
        />
      </FigureBody>
      {runs.length > 0 ? (
        <>
          <PageSection
            id="comparison"
            title="Settings and results"
            note={isTransposed ? 'A row for each run' : undefined}
            controls={
              <>
                <Checkbox
                  size="xs"
                  label="All settings"
                  checked={view.all}
                  onChange={(event) => onView({ all: event.currentTarget.checked })}
                />
                <div className={classes.labelled}>
                  <span aria-hidden>Against</span>
                  <NativeSelect
                    size="xs"
                    aria-label="Baseline"
                    value={view.baseline ?? ''}
                    onChange={(event) => onView({ baseline: event.currentTarget.value || null })}
                    data={[{ value: '', label: 'No baseline' }, ...groups.map(({ key, label }) => ({ value: key, label }))]}
                  />
                </div>
                <SegmentedControl
                  size="xs"
                  aria-label="Runs as"
                  value={isTransposed ? 'rows' : 'columns'}
                  onChange={(layout) => onView({ layout: layout === 'rows' ? 'rows' : 'columns' })}
                  data={[
                    { value: 'columns', label: 'Columns' },
                    { value: 'rows', label: 'Rows' },
                  ]}
                />
                <FigureDownload
                  what="table"
                  isOffered
                  isReading={loading}
                  source={sourceOf('Settings and results')}
                  figure={figure}
                  isTable
                  table={() => comparisonFile(shown, parts)}
                />
              </>
            }
          >
            <ComparisonTable
              groups={shown}
              parts={parts}
              baseline={view.baseline}
              isTransposed={isTransposed}
              sort={view.sort === null ? null : { id: view.sort, descending: view.descending }}
              onSort={(sort) => onView({ sort: sort?.id ?? null, descending: sort?.descending ?? false })}
              highlighted={highlighted}
              onHighlight={setHighlighted}
              onRemove={remove}
            />
          </PageSection>
          <RelationsSection
            {...{ groups, dimensions, inside, brushes, view, onView, sourceOf, highlighted }}
            onHighlight={setHighlighted}
          />
          <ClassErrorsSection groups={shown} sourceOf={sourceOf} highlighted={highlighted} onHighlight={setHighlighted} />
          <ImageComparison
            groups={shown}
            view={view}
            onView={onView}
            source={sourceOf('The same test images')}
            highlighted={highlighted}
            onHighlight={setHighlighted}
          />
        </>
      ) : null}
    </>
  )
}

/** Tells whether more is drawn than losses and times, which are read of every run. */
function drawsMetrics(curves: CompareView['curves']): boolean {
  return epochCatalog.some(({ id, role }) => (role === 'metric' || role === 'system') && curves?.includes(id))
}

function NothingToCompare({ missing }: { readonly missing: readonly string[] }) {
  return (
    <section className={classes.empty} aria-label="Nothing to compare">
      <h1 className={classes.title}>Compare</h1>
      {missing.length > 0 ? <p className={classes.text}>{describeMissing(missing)}</p> : null}
      <p className={classes.text}>Select runs in the table to see their curves over each other and what differs between them.</p>
      <Button component={Link} href="/runs">
        Choose runs
      </Button>
    </section>
  )
}

/** Says which of the runs that the address names there are not. */
function describeMissing(ids: readonly string[]): string {
  const named = new Intl.ListFormat('en').format(ids.map((id) => `“${id}”`))
  return ids.length === 1
    ? `There is no run ${named}; it may have been deleted.`
    : `There are no runs ${named}; they may have been deleted.`
}
