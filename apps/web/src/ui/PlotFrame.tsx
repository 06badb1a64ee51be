import type { ReactNode } from 'react'
import classes from './PlotFrame.module.css'
import type { Extent } from './plotExtent'

export interface PlotAxes {
  readonly x: Extent
  readonly y: Extent
  readonly xLabel: string
  /** Empty where heights mean nothing. */
  readonly yLabel: string
}

/** Sets what is drawn between its axes, each with its name and its ends. */
export function PlotFrame({ x, y, xLabel, yLabel, children }: PlotAxes & { readonly children: ReactNode }) {
  return (
    <div className={classes.root} data-up={yLabel !== '' || undefined}>
      {yLabel !== '' && (
        <div className={classes.upAxis} aria-hidden>
          <span>{shorten(y.maximum)}</span>
          <span>{yLabel}</span>
          <span>{shorten(y.minimum)}</span>
        </div>
      )}
      {children}
      <div className={classes.axis} aria-hidden>
        <span>{shorten(x.minimum)}</span>
        <span>{xLabel}</span>
        <span>{shorten(x.maximum)}</span>
      </div>
    </div>
  )
}

function shorten(value: number): string {
  return String(Number(value.toPrecision(2)))
}
