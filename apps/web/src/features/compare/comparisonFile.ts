import type { FigureTable } from '../../ui/FigureSource'
import type { ComparisonPart } from './comparisonRows'
import type { RunGroup } from './runGroups'

/** Lists groups of runs, one a row, with their settings and results as numbers where they are numbers. */
export function comparisonFile(groups: readonly RunGroup[], parts: readonly ComparisonPart[]): FigureTable {
  const rows = parts.flatMap((part) => part.rows)
  return {
    columns: ['run', 'runs', ...rows.map(({ id }) => id)],
    rows: groups.map(({ label, runs }, index) => [
      label,
      runs.map(({ number }) => number).join(' '),
      ...rows.map(({ cells }) => cells[index]?.value ?? null),
    ]),
  }
}
