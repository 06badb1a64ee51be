import Papa from 'papaparse'
import type { Cell } from './readCells.js'
import type { TableRow } from './readTable.js'
import type { TableColumn } from './tableColumns.js'

/** How formulae begin, but for what is a signed number and nothing else. */
const FORMULA = /^(?![+-](?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$)[=+\-@\t\r].*$/i
/** Tells spreadsheets that it is UTF-8; whoever reads tables as a program skips it. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Writes a table as comma-separated values (RFC 4180) that a spreadsheet and `pandas.read_csv` open without options: one line of names, then one a run. Times
 * are ISO 8601 in UTC; a text that a spreadsheet would take for a formula begins with an apostrophe.
 */
export async function* writeCsv(columns: readonly TableColumn[], portions: AsyncIterable<readonly TableRow[]>): AsyncGenerator<string> {
  const write = (rows: readonly (readonly Cell[])[]) =>
    `${Papa.unparse(
      rows.map((row) => [...row]),
      { newline: '\r\n', escapeFormulae: FORMULA },
    )}\r\n`
  yield BYTE_ORDER_MARK + write([columns.map(({ name }) => name)])
  for await (const rows of portions) {
    yield write(
      rows.map((row) =>
        row.map((cell, index) => (typeof cell === 'number' && columns[index]?.type === 'time' ? new Date(cell).toISOString() : cell)),
      ),
    )
  }
}
