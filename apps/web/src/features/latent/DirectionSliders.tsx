'use client'
import { directionSpreads } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import { findDirections } from '../../entities/model/findDirections'
import { useAnswer } from '../../entities/model/useAnswer'
import { Unread } from '../../ui/Unread'
import type { CodeStore } from './codeStore'
import { createDirectionStore } from './directionStore'
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
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const found = await findDirections(codes, { size, wanted: MOST_DIRECTIONS, signal })
      return { found, spreads: directionSpreads(codes, found) }
    },
    [codes, size],
  )
  const { answer, error, retry } = useAnswer(ask)
  const along = useMemo(() => answer && createDirectionStore(store, answer.found), [store, answer])
  if (answer && along) return <LatentSliders store={along} dimensions={answer.spreads} kind="direction" />
  return error ? <Unread what="The directions" onRetry={retry} /> : <Skeleton height={220} />
}
