'use client'
import { Button, NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { formatNumber } from '../../ui/formatQuantity'
import type { CompareView } from './compareView'
import { ParallelPlot } from './ParallelPlot'
import classes from './RelationsSection.module.css'
import { type Brush, type Dimension, FEWEST_RUNS, type SettingEffect, settingEffects, writeBrush } from './relations'
import type { RunGroup } from './runGroups'
import { ScatterFigure } from './ScatterFigure'

interface RelationsSectionProps {
  readonly groups: readonly RunGroup[]
  readonly dimensions: readonly Dimension[]
  readonly inside: readonly boolean[]
  readonly brushes: readonly Brush[]
  readonly view: Pick<CompareView, 'across' | 'up' | 'colour'>
  readonly onView: (changes: Partial<CompareView>) => void
  /** Says of a figure what made it, and what it is called. */
  readonly sourceOf: (title: string) => FigureSource
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
}

/** Shows how results go along with settings: every run as a line through its values, any two values over each other, and how much of a result each setting explains. */
export function RelationsSection({
  groups,
  dimensions,
  inside,
  brushes,
  view,
  onView,
  sourceOf,
  highlighted,
  onHighlight,
}: RelationsSectionProps) {
  const settings = dimensions.filter(({ isSetting }) => isSetting)
  const results = dimensions.filter(({ isSetting }) => !isSetting)
  const find = (id: string | null) => dimensions.find((dimension) => dimension.id === id) ?? null
  const y = find(view.up) ?? results.find(({ id }) => id === 'validationLoss') ?? results[0]
  const x = find(view.across) ?? settings[0]
  const lines = useMemo(() => chooseLines(settings, results, y?.id), [settings, results, y])
  if (!x || !y) return null
  const options = dimensions.map(({ id, title }) => ({ value: id, label: title }))
  const shown = inside.filter(Boolean).length
  return (
    <>
      <FigureSection
        id="compare-lines"
        title="Settings and results of each"
        note={brushes.length > 0 ? `${shown} of ${groups.length} shown on the whole page` : 'Drag along an axis to narrow the whole page'}
        what="lines"
        source={sourceOf('Settings and results of each')}
        isDrawing
        table={() => dimensionsTable(groups, lines)}
        controls={
          brushes.length > 0 ? (
            <Button size="compact-xs" variant="default" onClick={() => onView({ brush: null })}>
              Show all
            </Button>
          ) : null
        }
      >
        <ParallelPlot
          groups={groups}
          dimensions={lines}
          inside={inside}
          brushes={brushes}
          onBrush={(next) => onView({ brush: next.length > 0 ? next.map(writeBrush) : null })}
          highlighted={highlighted}
          onHighlight={onHighlight}
        />
      </FigureSection>
      <FigureSection
        id="compare-scatter"
        title="One value over another"
        what="scatter"
        source={sourceOf('One value over another')}
        isDrawing
        table={() => dimensionsTable(groups, [x, y, ...(find(view.colour) ? [find(view.colour) as Dimension] : [])])}
        controls={
          <>
            <NativeSelect
              size="xs"
              aria-label="Up"
              value={y.id}
              data={options}
              onChange={(event) => onView({ up: event.currentTarget.value })}
            />
            <span className={classes.over}>over</span>
            <NativeSelect
              size="xs"
              aria-label="Across"
              value={x.id}
              data={options}
              onChange={(event) => onView({ across: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              aria-label="Colour"
              value={view.colour ?? ''}
              data={[
                { value: '', label: 'Colours of the runs' },
                ...options.map(({ value, label }) => ({ value, label: `Coloured by ${label}` })),
              ]}
              onChange={(event) => onView({ colour: event.currentTarget.value || null })}
            />
          </>
        }
      >
        <div className={classes.pair}>
          <ScatterFigure
            groups={groups}
            x={x}
            y={y}
            colour={find(view.colour)}
            inside={inside}
            highlighted={highlighted}
            onHighlight={onHighlight}
          />
          {y.isNumeric && !y.isSetting ? <Effects effects={settingEffects(settings, y)} result={y.title} /> : null}
        </div>
      </FigureSection>
    </>
  )
}

const MOST_RESULTS = 4

/** Settings first, then what is looked at and a few more results. */
function chooseLines(settings: readonly Dimension[], results: readonly Dimension[], wanted: string | undefined): readonly Dimension[] {
  const first = results.filter(({ id }) => id === wanted)
  return [...settings, ...[...first, ...results.filter(({ id }) => id !== wanted)].slice(0, MOST_RESULTS)]
}

function dimensionsTable(groups: readonly RunGroup[], dimensions: readonly Dimension[]): FigureTable {
  return {
    columns: ['run', ...dimensions.map(({ id }) => id)],
    rows: groups.map(({ label }, index) => [label, ...dimensions.map(({ values }) => values[index] ?? null)]),
  }
}

function Effects({ effects, result }: { readonly effects: readonly SettingEffect[]; readonly result: string }) {
  const count = Math.max(0, ...effects.map((effect) => effect.count))
  if (count < FEWEST_RUNS) {
    return (
      <p className={classes.few}>
        {count === 1 ? '1 run has' : `${count} runs have`} a {result.toLowerCase()}: from {FEWEST_RUNS} on, this says how much each setting
        goes along with it.
      </p>
    )
  }
  return (
    <table className={classes.effects} aria-label={`What goes along with ${result}`}>
      <caption className={classes.caption}>
        What goes along with {result.toLowerCase()}, over {count} runs. Settings that change together cannot be told apart.
      </caption>
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col" title="Spearman’s rank correlation, from −1 to 1: whether the result rises or falls with the setting">
            Rank correlation
          </th>
          <th
            scope="col"
            title="Share of the variance that lies between the values of the setting, less what chance alone would put there (ε²)"
          >
            Explains
          </th>
          <th scope="col">Runs</th>
        </tr>
      </thead>
      <tbody>
        {effects.map(({ id, title, correlation, explained, count: runs }) => (
          <tr key={id}>
            <th scope="row">{title}</th>
            <td>{correlation === null ? '–' : `${correlation < 0 ? '−' : '+'}${formatNumber(Math.abs(correlation), 2)}`}</td>
            <td>{explained === null ? '–' : `${Math.round(100 * explained)} %`}</td>
            <td>{runs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
