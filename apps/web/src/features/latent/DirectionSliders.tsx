'use client'
import { useMemo } from 'react'
import type { CodeStore } from '../../latent/codeStore'
import { createDirectionStore, directionSpreads } from '../../latent/directionStore'
import { principalDirections } from '../../latent/principalDirections'
import { LatentSliders } from './LatentSliders'

/** Directions beyond these hardly change the code. */
const MOST_DIRECTIONS = 16

interface DirectionSlidersProps {
  readonly store: CodeStore
  /** Stored codes of training examples, `[n, size]`. */
  readonly codes: Float32Array
  readonly size: number
}

/** Lays out a slider for each of the directions along which the codes of the training data vary most. */
export function DirectionSliders({ store, codes, size }: DirectionSlidersProps) {
  const found = useMemo(() => principalDirections(codes, { size, wanted: MOST_DIRECTIONS }), [codes, size])
  const spreads = useMemo(() => directionSpreads(codes, found), [codes, found])
  const along = useMemo(() => createDirectionStore(store, found), [store, found])
  return <LatentSliders store={along} dimensions={spreads} kind="direction" />
}
