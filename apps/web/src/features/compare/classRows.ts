import type { RunStyle } from '../../entities/run/runStyles'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import type { RunGroup } from './runGroups'
import type { ClassErrorsByRun, MeasuredClasses } from './useClassErrors'

/** What one run makes of the test examples of each class. */
export interface ClassRow {
  /** Of its group. */
  readonly key: string
  readonly id: string
  readonly number: number
  readonly name: string
  readonly label: string
  readonly style: RunStyle
  /** The epoch whose model was measured. */
  readonly epoch: number
  /** By class. */
  readonly classes: ReadonlyMap<number, MeasuredClasses['classes'][number]>
}

export interface ClassRows {
  readonly rows: readonly ClassRow[]
  /** Classes that any of them has, ascending. */
  readonly labels: readonly number[]
  /** By class, the run with the least mean error; none where there are fewer than two runs, or several have the least. */
  readonly best: ReadonlyMap<number, string>
  /** Test examples of each run. */
  readonly examples: number
  /** Runs that were measured without these numbers. */
  readonly without: number
  /** Runs that were measured on other examples than the first. */
  readonly elsewhere: number
}

/** Lays out the errors of each class of the runs that were measured on the same test examples as the first of them. */
export function classRows(groups: readonly RunGroup[], errors: ClassErrorsByRun): ClassRows {
  const all = groups.flatMap((group) => group.runs.map((run) => ({ run, group, found: errors.get(run.id) ?? null })))
  const known = all.filter(({ found }) => found !== null && found.classes.length > 1)
  const [first] = known
  const same = known.filter(({ run, found }) => run.dataset.id === first?.run.dataset.id && found?.examples === first.found?.examples)
  const rows = same.flatMap(({ run, group, found }) => (found ? [rowOf(run, group, found)] : []))
  const labels = [...new Set(rows.flatMap(({ classes }) => [...classes.keys()]))].sort((a, b) => a - b)
  const best = new Map(labels.flatMap((label) => bestOf(rows, label)))
  return {
    rows,
    labels,
    best,
    examples: first?.found?.examples ?? 0,
    without: all.filter(({ run }) => errors.has(run.id)).length - known.length,
    elsewhere: known.length - rows.length,
  }
}

function rowOf(run: ComparedRun, group: RunGroup, { epoch, classes }: MeasuredClasses): ClassRow {
  const { id, number, name } = run
  const label = group.runs.length === 1 ? group.label : `#${number} ${name}`
  return { key: group.key, id, number, name, label, style: group.style, epoch, classes: new Map(classes.map((each) => [each.label, each])) }
}

function bestOf(rows: readonly ClassRow[], label: number): readonly (readonly [number, string])[] {
  const means = rows.flatMap(({ id, classes }) => {
    const mean = classes.get(label)?.mean
    return mean === null || mean === undefined ? [] : [{ id, mean }]
  })
  if (means.length < 2) return []
  const least = Math.min(...means.map(({ mean }) => mean))
  const having = means.filter(({ mean }) => mean === least)
  return having.length === 1 && having[0] ? [[label, having[0].id]] : []
}
