'use client'
import { SegmentedControl, Slider } from '@mantine/core'
import classes from './CurveControls.module.css'
import { ScaleControl } from './ScaleControl'

interface CurveControlsProps<Axis extends string> {
  readonly axes: readonly { readonly value: Axis; readonly label: string }[]
  readonly x: Axis
  readonly scale: 'linear' | 'log'
  /** Weight of what came before, from 0 to below 1. */
  readonly smooth: number
  readonly onChange: (changes: { readonly x?: Axis; readonly scale?: 'linear' | 'log'; readonly smooth?: number }) => void
}

/** Chooses what curves run over, the scale of their heights, and how much they are smoothed. */
export function CurveControls<Axis extends string>({ axes, x, scale, smooth, onChange }: CurveControlsProps<Axis>) {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Horizontal axis"
        value={x}
        onChange={(value) => onChange({ x: value as Axis })}
        data={axes.map(({ value, label }) => ({ value, label }))}
      />
      <ScaleControl value={scale} onChange={(next) => onChange({ scale: next })} />
      <div className={classes.smoothing}>
        <span aria-hidden>Smoothing</span>
        <Slider
          size="xs"
          w={90}
          min={0}
          max={0.99}
          step={0.01}
          label={(value) => value.toFixed(2)}
          thumbLabel="Smoothing"
          value={smooth}
          onChange={(value) => onChange({ smooth: value })}
        />
      </div>
    </>
  )
}
