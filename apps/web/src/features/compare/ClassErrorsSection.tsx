'use client'
import { useMemo } from 'react'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { formatCounted, formatLoss } from '../../ui/formatQuantity'
import { LineSwatch } from '../../ui/LineSwatch'
import { TermLink } from '../../ui/TermLink'
import classes from './ClassErrorsSection.module.css'
import { type ClassRow, classRows } from './classRows'
import type { RunGroup } from './runGroups'
import { useClassErrors } from './useClassErrors'

interface ClassErrorsSectionProps {
  readonly groups: readonly RunGroup[]
  /** Says of a figure what made it, and what it is called. */
  readonly sourceOf: (title: string) => FigureSource
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
}

/** Sets side by side what the test examples of each class come out with, of each run that was measured on the same data. */
export function ClassErrorsSection({ groups, sourceOf, highlighted, onHighlight }: ClassErrorsSectionProps) {
  const measured = useMemo(() => groups.flatMap(({ runs }) => runs.filter(({ summary }) => summary.test !== null)), [groups])
  const { errors, failed } = useClassErrors(measured)
  const { rows, labels, best, examples, without, elsewhere } = useMemo(() => classRows(groups, errors), [groups, errors])
  if (rows.length === 0) return null
  const greatest = Math.max(...rows.flatMap((row) => [...row.classes.values()].map(({ upperQuartile }) => upperQuartile ?? 0)))
  return (
    <FigureSection
      id="compare-classes"
      title="Error by class"
      note={`Mean squared error of the ${examples === 1 ? 'one test example' : formatCounted(examples, 'test example')}, class by class; the bar is the middle half of them, the stroke the median${leftOut({ without, elsewhere, failed })}`}
      source={sourceOf('Error by class')}
      table={() => tableOf(rows)}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is scrolled by keyboard too. */}
      <section className={classes.scroll} tabIndex={0} aria-label="Error by class of each run">
        <table className={classes.table} data-testid="class-errors-table">
          <thead>
            <tr>
              <th scope="col">
                <TermLink term="run">Run</TermLink>
              </th>
              {labels.map((label) => (
                <th key={label} scope="col" data-align="right">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, id, label, style, epoch, classes: own }) => (
              <tr
                key={id}
                data-highlighted={highlighted === key || undefined}
                onPointerEnter={() => onHighlight(key)}
                onPointerLeave={() => onHighlight(null)}
              >
                <th scope="row">
                  <span className={classes.run}>
                    <LineSwatch {...style} />
                    <span className={classes.name} title={label}>
                      {label}
                    </span>
                    <span className={classes.epoch}>epoch {epoch}</span>
                  </span>
                </th>
                {labels.map((of) => {
                  const cell = own.get(of)
                  return (
                    <td key={of} data-align="right" data-best={best.get(of) === id || undefined}>
                      {best.get(of) === id ? <b>{formatLoss(cell?.mean)}</b> : formatLoss(cell?.mean)}
                      {cell ? <Spread {...cell} greatest={greatest} /> : null}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </FigureSection>
  )
}

interface LeftOut {
  readonly without: number
  readonly elsewhere: number
  readonly failed: number
}

/** Says how many runs are not there, and why. */
function leftOut({ without, elsewhere, failed }: LeftOut): string {
  const runs = (count: number) => formatCounted(count, 'run')
  return [
    without > 0 ? `. Left out: ${runs(without)} without these numbers` : '',
    elsewhere > 0 ? `. Left out: ${runs(elsewhere)} measured on other examples` : '',
    failed > 0 ? `. Of ${runs(failed)} these numbers could not be read` : '',
  ].join('')
}

interface SpreadProps {
  readonly lowerQuartile: number | null
  readonly median: number | null
  readonly upperQuartile: number | null
  readonly greatest: number
}

function Spread({ lowerQuartile, median, upperQuartile, greatest }: SpreadProps) {
  if (lowerQuartile === null || median === null || upperQuartile === null || !(greatest > 0)) return null
  const place = (value: number) => `${(100 * value) / greatest}%`
  return (
    <span className={classes.lane} aria-hidden>
      <span className={classes.bar} style={{ left: place(lowerQuartile), width: place(upperQuartile - lowerQuartile) }} />
      <span className={classes.median} style={{ left: place(median) }} />
    </span>
  )
}

function tableOf(rows: readonly ClassRow[]): FigureTable {
  return {
    columns: ['run', 'name', 'epoch', 'class', 'examples', 'mean', 'lower quartile', 'median', 'upper quartile'],
    rows: rows.flatMap(({ number, name, epoch, classes: own }) =>
      [...own.values()].map((each) => [
        number,
        name,
        epoch,
        each.label,
        each.examples,
        each.mean,
        each.lowerQuartile,
        each.median,
        each.upperQuartile,
      ]),
    ),
  }
}
