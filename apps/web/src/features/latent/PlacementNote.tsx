'use client'
import { type PlacedImage, type Placement, placements } from '@hourglass/autoencoders/latent'
import { NativeSelect } from '@mantine/core'
import type { DrawState, DrawStore } from './drawStore'
import classes from './PlacementNote.module.css'

const titles = {
  mass: 'As MNIST: 20 × 20, centre of mass',
  box: 'As Fashion-MNIST: to the edges',
  whole: 'As it is, with its margins',
} as const satisfies Record<Placement, string>

const isPlacement = (text: string): text is Placement => Object.hasOwn(placements, text)

interface PlacementNoteProps {
  readonly store: DrawStore
  readonly state: DrawState
}

/** Chooses how an image is placed, and says what that did to it. */
export function PlacementNote({ store, state: { placement, placed, origin, example } }: PlacementNoteProps) {
  return (
    <div className={classes.root}>
      <NativeSelect
        size="xs"
        aria-label="How an image is placed"
        value={placement}
        onChange={({ currentTarget: { value } }) => isPlacement(value) && store.place(value)}
        data={Object.entries(titles).map(([value, label]) => ({ value, label }))}
      />
      <p className={classes.text} data-testid="placement">
        {placed ? `${origin ?? 'Drawn'}: ${describe(placed, placement)}` : example && origin ? `${origin}.` : null}
      </p>
    </div>
  )
}

function describe({ taken, put, scale }: PlacedImage, placement: Placement): string {
  const moved = placement === 'mass' ? 'its centre of mass in the middle' : 'in the middle'
  return (
    `${taken.width} × ${taken.height} pixels taken from column ${taken.left}, row ${taken.top}; ` +
    `scaled by ${scale.toPrecision(2)} to ${put.width} × ${put.height}; put at column ${put.left}, row ${put.top}, ${moved}.`
  )
}
