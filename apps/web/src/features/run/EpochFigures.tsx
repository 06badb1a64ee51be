import { type EpochMeasurement, epochCatalog, nameWithUnit } from '@hourglass/autoencoders'
import { type EpochValues, tellingRows } from '../../entities/metric/curvesOf'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { type Scored, titledRow } from '../../entities/metric/scoredOn'
import { againstPca, type Baseline, nameBaseline, scoredError } from '../../entities/run/pcaBaseline'
import { formatLoss } from '../../ui/formatQuantity'
import classes from './EpochFigures.module.css'

interface EpochFiguresProps {
  readonly epoch: number
  readonly metrics: EpochValues | null
  /** What the run is scored on after each epoch. */
  readonly scored: Scored
  readonly baseline: Baseline | null
  /** Whether the run, and PCA beside it, see corrupted examples. */
  readonly isCorrupted: boolean
  /** Units of the code. */
  readonly codeSize: number
  /** What examples are. */
  readonly unit: string
}

/** Lists what was measured at one epoch, and how it stands against PCA. */
export function EpochFigures({ epoch, metrics, scored, baseline, isCorrupted, codeSize, unit }: EpochFiguresProps) {
  const compared = epochCatalog.find((row) => row.baseline !== undefined)
  const error = compared ? (metrics?.[compared.id] ?? null) : null
  const pca = baseline && scoredError(baseline)
  const rowOf = (row: EpochMeasurement) => [
    nameWithUnit({ title: titledRow(row, scored).title, unit: unitOf(row, unit) }),
    formatMeasured(metrics?.[row.id], row, codeSize),
  ]
  const measured = tellingRows(metrics ? [metrics] : []).filter(({ role }) => role !== 'speed')
  const rows = [
    ...measured.map(rowOf),
    ...(baseline ? [[`${nameBaseline(baseline, isCorrupted)}: MSE`, formatLoss(pca)]] : []),
    ...(baseline?.isClipped && error !== null ? [['MSE against PCA', againstPca(error, pca, baseline)]] : []),
    ...epochCatalog.filter(({ role }) => role === 'speed').map(rowOf),
  ]
  return (
    <dl className={classes.root} aria-label={`Measured after epoch ${epoch}`}>
      {rows.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <dt>{name}</dt>
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
