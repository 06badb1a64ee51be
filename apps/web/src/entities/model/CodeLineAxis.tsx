'use client'
import type { Strip } from '../../files/Strip'
import type { StripSlice } from '../../files/sliceStrip'
import { ExampleImage } from '../../ui/ExampleImage'
import { formatCode } from '../../ui/formatQuantity'
import { labelColour } from '../../ui/labelColours'
import { type Extent, fromUnit, toUnit } from '../../ui/plotExtent'
import classes from './CodeLineAxis.module.css'
import { spreadWithin } from './placesOnLine'
import type { CodeLinePlaces } from './useCodeLine'

/** Heights in CSS pixels: of the lines from images to their places, and of the marks of codes. */
const LEADER = 22
const MARK = 12

interface ShownImage {
  readonly code: number
  readonly label: number
  /** Where it is in the strip. */
  readonly slice: StripSlice
}

interface CodeLineAxisProps {
  readonly label: string
  /** In CSS pixels. */
  readonly width: number
  readonly extent: Extent
  readonly training: CodeLinePlaces
  /** By rising code. */
  readonly shown: readonly ShownImage[]
  readonly strip: Strip
  /** Width of an image in CSS pixels. */
  readonly thumbnail: number
  readonly place: number
  readonly onPlace: (place: number) => void
}

/** Draws codes as marks along a line, images above it, each led to its place, and a marker that can be dragged. */
export function CodeLineAxis(props: CodeLineAxisProps) {
  const { label, width, extent, training, shown, strip, thumbnail, place, onPlace } = props
  const at = (code: number) => toUnit(code, extent) * width
  const lefts = spreadWithin(
    shown.map(({ code }) => at(code) - thumbnail / 2),
    thumbnail + 3,
    width - thumbnail,
  )
  const height = LEADER + MARK
  const pick = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    onPlace(fromUnit((event.clientX - left) / width, extent))
  }
  return (
    <div
      className={classes.root}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        pick(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) pick(event)
      }}
    >
      <div className={classes.images} style={{ height: thumbnail }}>
        {shown.map(({ slice, label: shownLabel, code }, rank) => (
          <div
            key={slice.x}
            className={classes.image}
            style={{ left: lefts[rank] ?? 0, width: thumbnail, borderColor: labelColour(shownLabel) }}
            title={`Class ${shownLabel}, z1 = ${formatCode(code)}`}
          >
            <ExampleImage className={classes.pixels ?? ''} strip={strip} slice={slice} />
          </div>
        ))}
      </div>
      <svg className={classes.line} width={width} height={height} aria-hidden>
        {shown.map(({ slice, label: shownLabel, code }, rank) => (
          <line
            key={slice.x}
            x1={(lefts[rank] ?? 0) + thumbnail / 2}
            y1={0}
            x2={at(code)}
            y2={LEADER}
            stroke={labelColour(shownLabel)}
            strokeWidth={1}
          />
        ))}
        {training.labels.map((trainingLabel, rank) => (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: a code is known by its rank
            key={rank}
            x1={at(training.codes[rank] ?? 0)}
            x2={at(training.codes[rank] ?? 0)}
            y1={LEADER}
            y2={height}
            stroke={labelColour(trainingLabel)}
            strokeWidth={training.labels.length > 60 ? 1 : 2}
          />
        ))}
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--hg-muted)" />
        <line data-testid="code-line-marker" x1={at(place)} x2={at(place)} y1={4} y2={height} stroke="var(--hg-accent)" strokeWidth={2} />
      </svg>
      <div className={classes.axis} aria-hidden>
        <span>{formatCode(extent.minimum)}</span>
        <span>z1</span>
        <span>{formatCode(extent.maximum)}</span>
      </div>
    </div>
  )
}
