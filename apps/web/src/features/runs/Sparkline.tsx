import { memo } from 'react'
import type { RunRow } from '../../entities/useRunRow'
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
  if (curve.length === 0) return <span className={classes.none}>–</span>
  const range = rangeOfValues(curve.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]))
  const box = { width: WIDTH - 4, height: HEIGHT - 4, range }
  const validation = curve.map(({ epoch, validationLoss }) => ({ x: epoch, y: validationLoss }))
  const training = curve.map(({ epoch, trainLoss }) => ({ x: epoch, y: trainLoss }))
  return (
    <svg className={classes.sparkline} width={WIDTH} height={HEIGHT} viewBox={`-2 -2 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={sparklinePath(training, box)} fill="none" stroke={colour} strokeWidth="1" opacity="0.4" />
      <path d={sparklinePath(validation, box)} fill="none" stroke={colour} strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  )
})
