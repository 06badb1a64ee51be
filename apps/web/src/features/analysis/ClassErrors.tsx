import { scaleLinear } from 'd3-scale'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { formatCounted, formatLoss, formatRound } from '../../ui/formatQuantity'
import classes from './ClassErrors.module.css'

export type ClassError = NonNullable<AnalysisFieldsFragment['exampleErrors']>['classes'][number]

/** Narrow, so that its letters are of the page's size on a phone too. */
const WIDTH = 440
const LEFT = 26
const RIGHT = 72
const ROW = 22
const AXIS = 38
const TICKS = 5

interface ClassErrorsProps {
  readonly classes: readonly ClassError[]
}

/** Draws how the errors of each class are spread: a line from the least to the greatest, a box for the middle half, a stroke for the median and a dot for the mean. */
export function ClassErrors({ classes: rows }: ClassErrorsProps) {
  const greatest = Math.max(Number.MIN_VALUE, ...rows.map(({ greatest }) => greatest ?? 0))
  const scale = scaleLinear([0, greatest], [LEFT, WIDTH - RIGHT]).nice(TICKS)
  const height = rows.length * ROW + AXIS
  const bottom = rows.length * ROW + 4
  const means = rows.map(({ label, mean }) => `${label}: ${formatLoss(mean)}`).join(', ')
  return (
    <svg
      className={classes.root}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`Mean squared error of test examples by class, mean of each: ${means}`}
      data-drawing
      data-testid="class-errors"
    >
      {scale.ticks(TICKS).map((tick) => (
        <g key={tick}>
          <line className={classes.grid} x1={scale(tick)} x2={scale(tick)} y1={0} y2={bottom} />
          <text className={classes.tick} x={scale(tick)} y={bottom + 14} textAnchor="middle">
            {formatRound(tick)}
          </text>
        </g>
      ))}
      <text className={classes.tick} x={(LEFT + WIDTH - RIGHT) / 2} y={bottom + 30} textAnchor="middle">
        Mean squared error
      </text>
      {rows.map((row, index) => (
        <g key={row.label} transform={`translate(0 ${index * ROW + ROW / 2})`}>
          <title>{`Class ${row.label}, ${formatCounted(row.examples, 'test example')}: mean ${formatLoss(row.mean)}, median ${formatLoss(row.median)}, from ${formatLoss(row.least)} to ${formatLoss(row.greatest)}`}</title>
          <text className={classes.label} x={LEFT - 12} y={4} textAnchor="end">
            {row.label}
          </text>
          <Spread row={row} scale={scale} />
          <text className={classes.tick} x={WIDTH - RIGHT + 14} y={4}>
            {formatLoss(row.mean)}
          </text>
        </g>
      ))}
    </svg>
  )
}

function Spread({ row, scale }: { readonly row: ClassError; readonly scale: (value: number) => number }) {
  const { mean, least, lowerQuartile, median, upperQuartile, greatest } = row
  if (mean === null || least === null || lowerQuartile === null || median === null || upperQuartile === null || greatest === null)
    return null
  return (
    <>
      <line className={classes.range} x1={scale(least)} x2={scale(greatest)} y1={0} y2={0} />
      <rect
        className={classes.box}
        x={scale(lowerQuartile)}
        width={Math.max(1, scale(upperQuartile) - scale(lowerQuartile))}
        y={-6}
        height={12}
      />
      <line className={classes.median} x1={scale(median)} x2={scale(median)} y1={-6} y2={6} />
      <circle className={classes.mean} cx={scale(mean)} cy={0} r={3} />
    </>
  )
}
