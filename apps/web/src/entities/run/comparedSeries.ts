import type { ChartSeries } from '../../ui/LineChart'
import type { comparableCurve } from './comparable'
import { runStyles } from './runStyles'
import type { ComparedRun } from './useComparedRuns'

/** Turns runs into lines of one chart, no two of which look the same. */
export function comparedSeries(runs: readonly ComparedRun[], curve: ReturnType<typeof comparableCurve>): readonly ChartSeries[] {
  const styles = runStyles(runs.map(({ number }) => number))
  return runs.map(({ id, number, name, metrics }) => ({
    id,
    label: `#${number} ${name}`,
    colour: 'var(--hg-muted)',
    ...styles.get(number),
    points: metrics.map((metric) => ({ x: metric.epoch, y: metric[curve] })),
  }))
}
