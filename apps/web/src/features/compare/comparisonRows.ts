import {
  epochCatalog,
  latentDimensionOf,
  type Measurement,
  measurementTerm,
  metricCatalog,
  nameWithUnit,
  type Ranked,
  type RankingFacet,
  settingTerm,
} from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { scoredLoss, scoredOn, type Titling, titledRow } from '../../entities/metric/scoredOn'
import { incomparable, toComparable } from '../../entities/run/comparable'
import { durationHint } from '../../entities/run/RunDuration'
import { runStatuses } from '../../entities/run/runStatus'
import { secondsTaken } from '../../entities/run/secondsTaken'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { formatNumber } from '../../ui/formatQuantity'
import { differencesOf } from './configDifferences'
import { configOf, type RunGroup } from './runGroups'

/** What one run, or several that stand together, have in a row of the comparison. */
export interface ComparisonCell {
  readonly text: string
  /** What rows are sorted by; null where there is nothing. */
  readonly value: number | string | null
  readonly isBest: boolean
  /** Against the baseline, `+0.0012 (+8.1 %)`; null where there is none. */
  readonly difference: string | null
}

export interface ComparisonRow {
  readonly id: string
  readonly title: string
  /** Its id in the glossary. */
  readonly term?: string | undefined
  readonly definition?: string | undefined
  readonly formula?: string | undefined
  /** Why none of its values is called best though one way is better; null where there is no reason. */
  readonly unranked: string | null
  /** In the order of the groups. */
  readonly cells: readonly ComparisonCell[]
}

export interface ComparisonPart {
  readonly id: 'settings' | 'results' | 'test'
  readonly title: string
  readonly rows: readonly ComparisonRow[]
}

interface ComparisonOptions {
  /** Whether settings that are the same for all are listed too. */
  readonly all: boolean
  /** The group that others are set against, by its key. */
  readonly baseline: string | null
}

/** Lays groups of runs side by side: their settings, what came of their latest epochs, and what the completed ones were measured with. */
export function compareGroups(groups: readonly RunGroup[], { all, baseline }: ComparisonOptions): readonly ComparisonPart[] {
  const base = groups.findIndex(({ key }) => key === baseline)
  const measured = (row: MeasuredRow) => measuredRow(row, groups, base)
  const settings = settingRows(groups, all)
  const parts: readonly ComparisonPart[] = [
    { id: 'settings', title: titleOfSettings(groups, { all, count: settings.length }), rows: settings },
    { id: 'results', title: 'Results', rows: [statusRow(groups), ...epochRows.flatMap((row) => measured(row) ?? [])] },
    { id: 'test', title: 'On test data, after the last epoch', rows: testRows.flatMap((row) => measured(row) ?? []) },
  ]
  return parts.filter(({ id, rows }) => id === 'settings' || rows.length > 0)
}

function titleOfSettings(groups: readonly RunGroup[], { all, count }: { readonly all: boolean; readonly count: number }): string {
  if (all) return 'Settings'
  if (count > 0) return 'Settings that differ'
  return groups.flatMap(({ runs }) => runs).length > 1 ? 'The configurations are the same' : 'Add another run to see what differs'
}

function settingRows(groups: readonly RunGroup[], all: boolean): readonly ComparisonRow[] {
  const runs = groups.flatMap((group) => group.runs)
  const groupOf = groups.flatMap((group, index) => group.runs.map(() => index))
  return differencesOf(runs, all).map(({ path, title, values }) => ({
    id: path,
    title,
    term: settingTerm(path),
    unranked: null,
    cells: groups.map((_, index) => {
      const own = [...new Set(values.filter((_value, run) => groupOf[run] === index))]
      const text = own.length > 3 ? `${own.length} values` : own.map((value) => value ?? '–').join(', ')
      return { text, value: sortable(own[0] ?? null), isBest: false, difference: null }
    }),
  }))
}

/** Sorts settings that are numbers as such, whatever their unit. */
function sortable(text: string | null): number | string | null {
  if (text === null) return null
  const number = Number(text.replaceAll(',', '').split(' ')[0])
  return Number.isFinite(number) ? number : text
}

function statusRow(groups: readonly RunGroup[]): ComparisonRow {
  return {
    id: 'status',
    title: 'Status',
    unranked: null,
    cells: groups.map(({ runs }) => {
      const labels = runs.map(({ status }) => runStatuses[status].label)
      const counts = [...new Set(labels)].map((label) => ({ label, count: labels.filter((other) => other === label).length }))
      const text = counts.map(({ label, count }) => (runs.length === 1 ? label : `${count} ${label.toLowerCase()}`)).join(', ')
      return { text, value: text, isBest: false, difference: null }
    }),
  }
}

/** A number of each run, and how it reads. */
interface MeasuredRow extends Pick<Measurement, 'role' | 'better' | 'digits' | 'format'>, Ranked {
  readonly id: string
  readonly title: string
  /** The title that it has for some runs. @default `title` */
  readonly titleOf?: (configs: readonly Titling[]) => string
  readonly term?: string | undefined
  readonly definition?: string
  readonly formula?: string
  readonly read: (run: ComparedRun) => number | null
  /** The measurement of epochs that it says the same as wherever the two are equal. */
  readonly repeats?: string
  /** Added for a run by itself. */
  readonly remark?: (run: ComparedRun) => string
}

const fromCatalog = (row: Measurement, read: (run: ComparedRun) => number | null | undefined): MeasuredRow => ({
  ...row,
  title: nameWithUnit(row),
  term: measurementTerm(row.id),
  definition: row.description,
  read: (run) => read(run) ?? null,
})

const losses = epochCatalog.filter(({ role }) => role === 'loss')

const epochRows: readonly MeasuredRow[] = [
  ...losses.map((row) => ({
    ...fromCatalog(row, ({ summary }) => summary[row.id as 'trainLoss']),
    titleOf: (configs: readonly Titling[]) => nameWithUnit(titledRow(row, configs)),
  })),
  {
    id: 'bestValidationLoss',
    title: 'Best validation loss',
    titleOf: (configs) => `Best ${scoredLoss(configs.filter((config) => scoredOn(config) === 'validation')).toLowerCase()}`,
    role: 'metric',
    ranksWithin: 'objective',
    better: 'lower',
    digits: 4,
    term: 'best-epoch',
    read: ({ summary }) => (summary.bestEpoch === null ? null : summary.bestValidationLoss),
    remark: ({ summary }) => ` at ${summary.bestEpoch}`,
  },
  // What the epochs took is the time below.
  ...epochCatalog
    .filter(({ role, id }) => role !== 'loss' && id !== 'seconds')
    .map((row) => fromCatalog(row, ({ summary }) => (summary as Readonly<Record<string, unknown>>)[row.id] as number | null)),
  {
    id: 'parameters',
    title: 'Parameters',
    term: 'parameters',
    ranksWithin: 'anything',
    role: 'speed',
    better: null,
    digits: 4,
    format: 'count',
    read: ({ parameterCount }) => parameterCount,
  },
  {
    id: 'time',
    title: 'Time',
    ranksWithin: 'anything',
    role: 'speed',
    better: null,
    digits: 3,
    format: 'duration',
    definition: `${durationHint}.`,
    term: 'time',
    read: (run) => secondsTaken(run),
  },
]

const testRows: readonly MeasuredRow[] = metricCatalog.map((row) => ({
  ...fromCatalog(row, ({ summary }) => summary.test?.[row.id]),
  id: `test.${row.id}`,
  examples: 'test' as const,
}))

/** Lays a measured number of all groups side by side; undefined where no run has it. */
function measuredRow(row: MeasuredRow, groups: readonly RunGroup[], base: number): ComparisonRow | undefined {
  const spreads = groups.map(({ runs }) => spreadOf(runs.map(row.read)))
  if (row.role !== 'loss' && spreads.every((spread) => spread === null)) return undefined
  if (groups.every(({ runs }) => runs.every((run) => saysTheSame(row, run)))) return undefined
  const having = groups.flatMap(({ runs }) => runs.filter((run) => isNumber(row.read(run))))
  const unranked = row.better === null ? null : reasonAgainst(row, having)
  const means = spreads.map((spread) => spread?.mean ?? null)
  const best = row.better === null || unranked !== null ? null : bestOf(means, row.better)
  const reference = means[base] ?? null
  return {
    id: row.id,
    title: row.titleOf?.(groups.flatMap(({ runs }) => runs.map(configOf))) ?? row.title,
    term: row.term,
    definition: row.definition,
    formula: row.formula,
    unranked,
    cells: groups.map(({ runs }, index) => {
      const spread = spreads[index] ?? null
      const [first] = runs
      const units = first ? latentDimensionOf(readRunConfig(first.config).architecture, first.dataset.exampleShape) : null
      const write = (value: number) => formatMeasured(value, { ...row, digits: DIFFERENCE_DIGITS }, units)
      const mean = spread?.mean ?? null
      return {
        text: spread === null ? '–' : writeSpread(spread, row, units) + (runs.length === 1 && first ? (row.remark?.(first) ?? '') : ''),
        value: mean,
        isBest: best !== null && mean === best,
        difference: reference === null || mean === null || index === base ? null : writeDifference(mean, reference, write),
      }
    }),
  }
}

/** Tells whether a row says of a run what another one says already. */
function saysTheSame({ repeats, read }: MeasuredRow, run: ComparedRun): boolean {
  const other = epochRows.find(({ id }) => id === repeats)?.read(run) ?? null
  return repeats !== undefined && isNumber(other) && read(run) === other
}

const reasons: Readonly<Record<RankingFacet, string>> = {
  data: 'different data',
  objective: 'different objectives',
  corruption: 'different corruptions',
  examples: 'scored on different examples',
  bound: 'different bounds on the likelihood',
}

function reasonAgainst(row: MeasuredRow, runs: readonly ComparedRun[]): string | null {
  const reason = incomparable(row, toComparable(runs))
  return reason ? `not ranked: ${reasons[reason]}` : null
}

interface SpreadOfRuns {
  readonly mean: number
  /** Of the sample; null for one run. */
  readonly deviation: number | null
}

function spreadOf(values: readonly (number | null)[]): SpreadOfRuns | null {
  const numbers = values.filter(isNumber)
  if (numbers.length === 0) return null
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: numbers.length < 2 ? null : Math.sqrt(squares / (numbers.length - 1)) }
}

const isNumber = (value: number | null): value is number => value !== null && Number.isFinite(value)

/** Significant digits of what says how far off a number may be. */
const FEW_DIGITS = 2
const DIFFERENCE_DIGITS = 3

function writeSpread({ mean, deviation }: SpreadOfRuns, row: MeasuredRow, units: number | null): string {
  const few = { ...row, digits: FEW_DIGITS }
  if (deviation === null || deviation === 0) return formatMeasured(mean, row, units)
  if (row.format === 'unitShare' && units !== null)
    return `${formatNumber(mean * units, 3)} ± ${formatNumber(deviation * units, FEW_DIGITS)} of ${units}`
  return `${formatMeasured(mean, row, units)} ± ${formatMeasured(deviation, few, units)}`
}

/** The best of several values; null where there is nothing to choose between. */
function bestOf(values: readonly (number | null)[], better: 'lower' | 'higher'): number | null {
  const numbers = values.filter(isNumber)
  if (new Set(numbers).size < 2) return null
  return better === 'lower' ? Math.min(...numbers) : Math.max(...numbers)
}

function writeDifference(value: number, reference: number, write: (value: number) => string): string {
  const difference = value - reference
  if (difference === 0) return 'the same'
  const sign = difference > 0 ? '+' : '−'
  const share = reference === 0 ? null : (100 * Math.abs(difference)) / Math.abs(reference)
  const percent = share === null ? '' : ` (${sign}${share >= 999.5 ? '> 999' : share.toFixed(share < 9.95 ? 1 : 0)} %)`
  return `${sign}${write(Math.abs(difference))}${percent}`
}
