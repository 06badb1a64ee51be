import type { ChartSeries } from '../../ui/LineChart'
import type { ComparedCurve } from './comparedCurve'
import { runColour } from './runColour'
import type { ComparedRun } from './useComparedRuns'

/** Turns runs into lines of one chart, each in its run's colour; training is dashed where it stands beside validation. */
export function comparedSeries(runs: readonly ComparedRun[], curve: ComparedCurve): readonly ChartSeries[] {
  return runs.flatMap(({ id, number, name, metrics }) => {
    const line = (key: 'trainLoss' | 'validationLoss' | 'validationMeanSquaredError', label: string, dash?: readonly number[]) => ({
      id: `${id} ${key}`,
      label: `#${number} ${label}`,
      colour: runColour(number),
      dash,
      points: metrics.map((metric) => ({ x: metric.epoch, y: metric[key] })),
    })
    if (curve === 'mse') return [line('validationMeanSquaredError', name)]
    if (curve === 'train') return [line('trainLoss', name)]
    if (curve === 'validation') return [line('validationLoss', name)]
    return [line('validationLoss', name), line('trainLoss', `${name}, training`, [4, 3])]
  })
}
