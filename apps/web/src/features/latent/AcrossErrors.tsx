'use client'
import { formatCode, formatCount, formatLoss } from '../../ui/formatQuantity'
import classes from './AcrossPage.module.css'

/** What one run makes of what goes through all of them. A value is null where it does not apply. */
export interface AcrossFigures {
  /** Mean squared error of the reconstruction. */
  readonly error: number | null
  /** The share of test examples whose errors are smaller. */
  readonly share: number | null
  /** Mean squared distance from the example without noise, of what was made of that with noise. */
  readonly noisy: number | null
  /** Mean squared error where a part was rubbed out. */
  readonly filled: number | null
  /** How far the code lies from the nearest one of test examples, in multiples of what is usual. */
  readonly distance: number | null
}

export interface AcrossRow {
  readonly id: string
  readonly title: string
  /** Null before it is computed, and where it cannot be. */
  readonly figures: AcrossFigures | null
}

const columns = [
  { key: 'error', title: 'Error', write: formatLoss },
  { key: 'share', title: 'Above test examples', write: (share: number) => `${Math.round(100 * share)} %` },
  { key: 'noisy', title: 'Error with noise', write: formatLoss },
  { key: 'filled', title: 'Error where rubbed out', write: formatLoss },
  { key: 'distance', title: 'Distance to the nearest code', write: (times: number) => `${formatCode(times)} × usual` },
] as const satisfies readonly { readonly key: keyof AcrossFigures; readonly title: string; readonly write: (value: number) => string }[]

/** Lists the errors of all runs, the least of each column in bold. */
export function AcrossErrors({ rows, tests }: { readonly rows: readonly AcrossRow[]; readonly tests: number }) {
  const shown = columns.filter(({ key }) => rows.some(({ figures }) => figures && figures[key] !== null))
  if (shown.length === 0) return null
  const least = (key: keyof AcrossFigures) => Math.min(...rows.flatMap(({ figures }) => figures?.[key] ?? []))
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Errors of the runs" data-testid="across-errors">
        <thead>
          <tr>
            <th scope="col">Run</th>
            {shown.map(({ key, title }) => (
              <th key={key} scope="col">
                {key === 'share' ? `Above ${formatCount(tests)} test examples` : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, title, figures }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {shown.map(({ key, write }) => {
                const value = figures?.[key] ?? null
                return (
                  <td key={key} data-least={(rows.length > 1 && value !== null && value === least(key)) || undefined}>
                    {value === null ? '–' : write(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
