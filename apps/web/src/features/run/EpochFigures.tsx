import { type EpochMeasurement, epochCatalog, type LossName, nameWithUnit } from '@hourglass/autoencoders'
import { type EpochValues, tellingRows } from '../../entities/metric/curvesOf'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { formatLoss } from '../../ui/formatQuantity'
import classes from './EpochFigures.module.css'

interface EpochFiguresProps {
  readonly epoch: number
  readonly metrics: EpochValues | null
  /** What training minimizes. */
  readonly loss: LossName
  readonly baseline: { readonly components: number; readonly meanSquaredError: number } | null
  /** What examples are. */
  readonly unit: string
}

/** Lists what was measured at one epoch, and how it stands against PCA. */
export function EpochFigures({ epoch, metrics, loss, baseline, unit }: EpochFiguresProps) {
  const compared = epochCatalog.find((row) => row.baseline !== undefined)
  const error = compared ? (metrics?.[compared.id] ?? null) : null
  const rowOf = (row: EpochMeasurement) => [
    nameWithUnit({ title: row.title, unit: unitOf(row, unit) }),
    formatMeasured(metrics?.[row.id], row),
  ]
  const measured = tellingRows(metrics ? [metrics] : [], loss).filter(({ role }) => role !== 'speed')
  const rows = [
    ...measured.map(rowOf),
    ...(baseline
      ? [[`PCA, ${baseline.components} ${baseline.components === 1 ? 'component' : 'components'}`, formatLoss(baseline.meanSquaredError)]]
      : []),
    ...(baseline && error !== null ? [['MSE against PCA', againstPca(error, baseline.meanSquaredError)]] : []),
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

function againstPca(error: number, baseline: number): string {
  const ratio = error / baseline
  // A run that diverges is no longer compared in digits.
  return baseline > 0 ? `${ratio < 1e6 ? ratio.toFixed(2) : formatLoss(ratio)} ×` : '–'
}
