import type { EpochMetricId } from '@hourglass/autoencoders'
import { tellingMetrics } from '../../entities/metric/curvesOf'
import { formatCount, formatDuration, formatLoss } from '../../ui/formatQuantity'
import classes from './EpochFigures.module.css'

interface EpochFiguresProps {
  readonly epoch: number
  readonly metrics:
    | (Readonly<Record<EpochMetricId, number | null>> & {
        readonly trainLoss: number | null
        readonly validationLoss: number | null
        readonly validationMeanSquaredError: number | null
        readonly seconds: number
        readonly imagesPerSecond: number
      })
    | null
  readonly lossIsMse: boolean
  readonly baseline: { readonly components: number; readonly meanSquaredError: number } | null
  readonly unit: string
}

/** Lists what was measured at one epoch, and how it stands against PCA. */
export function EpochFigures({ epoch, metrics, lossIsMse, baseline, unit }: EpochFiguresProps) {
  const error = metrics?.validationMeanSquaredError ?? null
  const rows = [
    ['Training loss', formatLoss(metrics?.trainLoss)],
    ['Validation loss', formatLoss(metrics?.validationLoss)],
    ...(lossIsMse ? [] : [['Reconstruction MSE', formatLoss(error)]]),
    ...(metrics
      ? tellingMetrics([metrics]).flatMap(({ id, title, unit }) => measuredRow(metrics[id], unit ? `${title} (${unit})` : title))
      : []),
    ...(baseline
      ? [[`PCA, ${baseline.components} ${baseline.components === 1 ? 'component' : 'components'}`, formatLoss(baseline.meanSquaredError)]]
      : []),
    ...(baseline && error !== null ? [['MSE against PCA', againstPca(error, baseline.meanSquaredError)]] : []),
    ['Epoch took', metrics ? formatDuration(metrics.seconds) : '–'],
    ['Speed', metrics ? `${formatCount(metrics.imagesPerSecond)} ${unit}/s` : '–'],
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

function measuredRow(value: number | null, title: string): string[][] {
  return value === null ? [] : [[title, formatLoss(value)]]
}

function againstPca(error: number, baseline: number): string {
  return baseline > 0 ? `${(error / baseline).toFixed(2)} ×` : '–'
}
