import { type EpochMeasurement, epochCatalog, measurementTerm, nameWithUnit, subjectCatalog, subjectTerm } from '@hourglass/autoencoders'
import { type EpochValues, tellingRows } from '../../entities/metric/curvesOf'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { type Titling, titledRow } from '../../entities/metric/scoredOn'
import { againstPca, type Baseline, nameBaseline, scoredError } from '../../entities/run/pcaBaseline'
import { Defined } from '../../ui/Defined'
import { formatLoss } from '../../ui/formatQuantity'
import classes from './EpochFigures.module.css'

interface EpochFiguresProps {
  readonly epoch: number
  readonly metrics: EpochValues | null
  readonly config: Titling
  readonly baseline: Baseline | null
  /** Whether the run, and PCA beside it, see corrupted examples. */
  readonly isCorrupted: boolean
  /** Units of the code. */
  readonly codeSize: number
  /** What examples are. */
  readonly unit: string
}

interface Row {
  /** Of the glossary. */
  readonly term: string
  readonly name: string
  readonly defined: { readonly definition: string; readonly formula?: string }
  readonly value: string
}

/** Lists what was measured at one epoch, and how it stands against PCA. */
export function EpochFigures({ epoch, metrics, config, baseline, isCorrupted, codeSize, unit }: EpochFiguresProps) {
  const comparable = epochCatalog.find((row) => row.baseline !== undefined)
  const error = comparable ? (metrics?.[comparable.id] ?? null) : null
  const pcaError = baseline && scoredError(baseline)
  const rowOf = (row: EpochMeasurement): Row => ({
    term: measurementTerm(row.id),
    name: nameWithUnit({ title: titledRow(row, [config]).title, unit: unitOf(row, unit) }),
    defined: { definition: row.description, formula: row.formula },
    value: formatMeasured(metrics?.[row.id], row, codeSize),
  })
  const compared = isCorrupted ? 'CORRUPTED_PCA' : 'PCA'
  const pca = { term: subjectTerm(compared), defined: { definition: subjectCatalog[compared].description } }
  const told = tellingRows(metrics ? [metrics] : [])
  const measured = told.filter(({ role }) => role === 'loss' || role === 'metric')
  const rows: readonly Row[] = [
    ...measured.map(rowOf),
    ...(baseline ? [{ ...pca, name: `${nameBaseline(baseline, isCorrupted)}: MSE`, value: formatLoss(pcaError) }] : []),
    ...(baseline?.isClipped && error !== null ? [{ ...pca, name: 'MSE against PCA', value: againstPca(error, pcaError, baseline) }] : []),
    ...epochCatalog.filter(({ role }) => role === 'speed').map(rowOf),
    ...told.filter(({ role }) => role === 'system').map(rowOf),
  ]
  return (
    <dl className={classes.root} aria-label={`Measured after epoch ${epoch}`}>
      {rows.map(({ term, name, defined, value }) => (
        <div key={name} className={classes.row}>
          <dt>
            <Defined title={name} term={term} {...defined} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The catalog counts images; of other examples it says what they are. A duration has its unit with it. */
function unitOf({ unit, format }: EpochMeasurement, examples: string): string | null {
  return format === 'duration' ? null : (unit?.replace('images', examples) ?? null)
}
