'use client'
import type { DimensionSpread, Interval } from '@hourglass/autoencoders/latent'
import type { CodeStore } from './codeStore'
import { LatentSlider, type SliderKind } from './LatentSlider'
import classes from './SliderList.module.css'

export interface SliderRow {
  readonly spread: DimensionSpread
  /** What it reaches over. */
  readonly range: Interval
  readonly name?: string
  readonly note?: string
}

interface SliderListProps {
  readonly store: CodeStore
  readonly rows: readonly SliderRow[]
  readonly kind: SliderKind
  readonly label: string
}

/** Lays out sliders beside one another as there is room. */
export function SliderList({ store, rows, kind, label }: SliderListProps) {
  return (
    <fieldset className={classes.grid} data-few={rows.length <= 2 || undefined} aria-label={label}>
      {rows.map(({ spread, range, name, note }) => (
        <LatentSlider
          key={spread.index}
          store={store}
          dimension={spread}
          kind={kind}
          from={range.minimum}
          to={range.maximum}
          name={name}
          note={note}
        />
      ))}
    </fieldset>
  )
}
