import type { comparableCurve } from '../../entities/run/comparable'
import { runStyles } from '../../entities/run/runStyles'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import type { ChartSeries } from '../../ui/LineChart'

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
