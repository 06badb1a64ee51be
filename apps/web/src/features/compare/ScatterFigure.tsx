'use client'
import { useMemo } from 'react'
import { type Dimension, marksOf, placeValues, sortedValues, writeValue } from './relations'
import type { RunGroup } from './runGroups'
import classes from './ScatterFigure.module.css'

interface ScatterFigureProps {
  readonly groups: readonly RunGroup[]
  readonly x: Dimension
  readonly y: Dimension
  /** What points are coloured by; each group in its own colour where it is null. */
  readonly colour: Dimension | null
  readonly inside: readonly boolean[]
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
}

const WIDTH = 520
const HEIGHT = 340
const LEFT = 64
const BOTTOM = HEIGHT - 40
const RIGHT = WIDTH - 14
const TOP = 30

/** Draws groups as points over two of their values, coloured by a third. */
export function ScatterFigure({ groups, x, y, colour, inside, highlighted, onHighlight }: ScatterFigureProps) {
  const across = useMemo(() => placeValues(x, [LEFT + 12, RIGHT - 8]), [x])
  const up = useMemo(() => placeValues(y, [BOTTOM - 10, TOP + 8]), [y])
  const share = useMemo(() => (colour ? placeValues(colour, [0, 100]) : null), [colour])
  const colourOf = (index: number, own: string) => {
    const value = colour?.values[index]
    if (!share) return own
    return value === null || value === undefined ? 'var(--hg-faint)' : colourAt(share(value))
  }
  return (
    <svg
      data-drawing
      className={classes.drawing}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${y.title} over ${x.title} of ${groups.length} runs or groups${colour ? `, coloured by ${colour.title}` : ''}`}
    >
      <line className={classes.axis} x1={LEFT} x2={RIGHT} y1={BOTTOM} y2={BOTTOM} />
      <line className={classes.axis} x1={LEFT} x2={LEFT} y1={TOP} y2={BOTTOM} />
      {marksOf(x, MOST_MARKS).map((value) => (
        <text key={String(value)} className={classes.mark} x={across(value)} y={BOTTOM + 16} textAnchor="middle">
          {writeValue(value)}
        </text>
      ))}
      {marksOf(y, MOST_MARKS).map((value) => (
        <text key={String(value)} className={classes.mark} x={LEFT - 6} y={up(value) + 4} textAnchor="end">
          {writeValue(value)}
        </text>
      ))}
      <text className={classes.title} x={(LEFT + RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle">
        {x.title}
      </text>
      <text className={classes.title} transform={`translate(12 ${(TOP + BOTTOM) / 2}) rotate(-90)`} textAnchor="middle">
        {y.title}
      </text>
      {colour ? <ColourScale dimension={colour} /> : null}
      {groups.map(({ key, label, style }, index) => {
        const [left, height] = [x.values[index], y.values[index]]
        if (left === null || left === undefined || height === null || height === undefined) return null
        return (
          <circle
            key={key}
            className={classes.point}
            cx={across(left)}
            cy={up(height)}
            r={highlighted === key ? 7 : 5}
            fill={colourOf(index, style.colour)}
            data-aside={!inside[index] || (highlighted !== null && highlighted !== key) || undefined}
            onPointerEnter={() => onHighlight(key)}
            onPointerLeave={() => onHighlight(null)}
          >
            <title>{`${label}: ${x.title} ${writeValue(left)}, ${y.title} ${writeValue(height)}`}</title>
          </circle>
        )
      })}
    </svg>
  )
}

const STEPS = 12
const STEP = 9
const steps = Array.from({ length: STEPS }, (_, step) => step)

/** Says which colours stand for the least and the greatest value. */
function ColourScale({ dimension }: { readonly dimension: Dimension }) {
  const sorted = sortedValues(dimension)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return null
  const left = RIGHT - STEPS * STEP
  return (
    <g>
      <text className={classes.mark} x={left - 6} y={TOP + 9} textAnchor="end">
        {`${dimension.title}: ${writeValue(first)} to ${writeValue(last)}`}
      </text>
      {steps.map((step) => (
        <rect key={step} x={left + step * STEP} y={TOP} width={STEP} height={10} fill={colourAt((100 * step) / (STEPS - 1))} />
      ))}
    </g>
  )
}

const colourAt = (share: number) => `color-mix(in oklab, var(--hg-scale-high) ${share}%, var(--hg-scale-low))`

const MOST_MARKS = 6
