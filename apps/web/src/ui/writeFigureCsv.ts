import Papa from 'papaparse'
import type { FigureSource, FigureTable } from './FigureSource'

/** How formulae begin, but for what is a signed number and nothing else. */
const FORMULA = /^(?![+-](?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$)[=+\-@\t\r].*$/i

/** Whether a reader would take what follows for a comment. Papa Parse's types say that it comes as anything. */
const holdsSign = (value: unknown) => typeof value === 'string' && value.includes('#')

/**
 * Writes a figure's numbers as comma-separated values (RFC 4180). Lines that begin with `#` come first: what it is, what its runs say to what was
 * expected of them, and of every run its whole configuration as JSON; `pandas.read_csv(…, comment='#')` skips them, and nothing else, as a text that holds such a sign stands in quotes. A value that is missing or not finite is empty, and a text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function writeFigureCsv({ title, path, runs, findings = [] }: FigureSource, { columns, rows }: FigureTable): string {
  const comments = [
    `Hourglass: ${title}`,
    `Page: ${path}`,
    ...findings,
    ...runs.map(({ number, name, config }) => `#${number} ${name}: ${JSON.stringify(config)}`),
  ]
  const fields = rows.map((row) => row.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value)))
  const body = Papa.unparse({ fields: [...columns], data: fields }, { newline: '\r\n', escapeFormulae: FORMULA, quotes: holdsSign })
  return `${comments.map((line) => `# ${line.replace(/\s+/g, ' ')}\r\n`).join('')}${body}\r\n`
}
