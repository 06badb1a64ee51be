import { memo } from 'react'
import type { RunRow } from '../../entities/run/useRunRow'
import classes from './RunsTable.module.css'
import { rangeOfValues, sparklinePath } from './sparklinePath'

const WIDTH = 88
const HEIGHT = 22

export interface SparklineProps {
  readonly curve: RunRow['curve']
  readonly colour: string
}

/** Draws a run's validation loss, and its training loss fainter, in the space of a word. */
export const Sparkline = memo(function Sparkline({ curve, colour }: SparklineProps) {
  if (curve.epochs.length === 0) return <span className={classes.none}>–</span>
  const range = rangeOfValues([...curve.trainLoss, ...curve.validationLoss])
  const box = { width: WIDTH - 4, height: HEIGHT - 4, range }
  const pointsOf = (losses: readonly (number | null)[]) => curve.epochs.map((x, index) => ({ x, y: losses[index] ?? null }))
  // A line of one epoch has no length.
  const dot = curve.epochs.length === 1 ? 4 : undefined
  return (
    <svg className={classes.sparkline} width={WIDTH} height={HEIGHT} viewBox={`-2 -2 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path
        d={sparklinePath(pointsOf(curve.trainLoss), box)}
        fill="none"
        stroke={colour}
        strokeWidth={dot ?? 1}
        strokeLinecap={dot && 'round'}
        opacity="0.4"
      />
      <path
        d={sparklinePath(pointsOf(curve.validationLoss), box)}
        fill="none"
        stroke={colour}
        strokeWidth={dot ?? 1.5}
        strokeLinecap={dot && 'round'}
        strokeLinejoin="round"
      />
    </svg>
  )
})
