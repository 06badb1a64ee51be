import { formatCount } from '../../ui/formatQuantity'
import classes from './FigureTableView.module.css'

/** Rows that a report shows of a table; all are in what is taken away. */
export const MOST_ROWS = 200

interface FigureTableViewProps {
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Shows a figure that is a table; a wide one is scrolled, by keyboard too. */
export function FigureTableView({ label, columns, rows }: FigureTableViewProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is scrolled by keyboard too.
    // biome-ignore lint/a11y/useSemanticElements: several tables of one report may be called the same, as no landmarks may.
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have no other name.
            <tr key={index}>
              {columns.map((column, place) => (
                <td key={column} data-align={isNumber(row[place]) ? 'right' : undefined}>
                  {shorten(row[place] ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className={classes.more}>and {formatCount(rows.length - MOST_ROWS)} more rows</p>}
    </div>
  )
}

const isNumber = (text: string | undefined) => text !== undefined && text !== '' && Number.isFinite(Number(text))

/** Writes a number with as many digits as are read. */
function shorten(text: string): string {
  return isNumber(text) && /\.\d{5,}/.test(text) ? String(Number(Number(text).toPrecision(5))) : text
}
