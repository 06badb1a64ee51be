'use client'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useEffectEvent, useState } from 'react'
import { correctPin, type EpochAction, moveCursor, shownEpoch } from './epochCursor'

const FRAME_MILLISECONDS = 350
/** Who asked for less motion still sees every epoch, at a calmer pace. */
const REDUCED_FRAME_MILLISECONDS = 1200

interface EpochCursorOptions {
  /** Epoch the reader chose, or null while following the newest. */
  readonly pinned: number | null
  readonly onPin: (epoch: number | null) => void
  /** Epochs that can be shown, ascending. */
  readonly epochs: readonly number[]
  /** Whether newer epochs may still come. */
  readonly live: boolean
  /** The epoch whose model stands for the run; shown where none is chosen and no newer one comes. */
  readonly rest: number | null
}

/** Moves the page's one epoch: by choice, by following, or by playing through them. */
export function useEpochCursor({ pinned, onPin, epochs, live, rest: final }: EpochCursorOptions) {
  const [playing, setPlaying] = useState(false)
  const calm = useReducedMotion()
  const cursor = { pinned, playing }
  const rest = live ? null : final

  const move = (action: EpochAction) => {
    const next = moveCursor(cursor, action)
    if (next.pinned !== pinned) onPin(next.pinned)
    if (next.playing !== playing) setPlaying(next.playing)
  }
  const advance = useEffectEvent(() => move({ type: 'advance', epochs }))

  const corrected = correctPin(pinned, { epochs, live })
  const correct = useEffectEvent(() => onPin(corrected))
  useEffect(() => {
    if (corrected !== pinned) correct()
  }, [corrected, pinned])

  useEffect(() => {
    if (!playing) return
    const timer = setInterval(advance, calm ? REDUCED_FRAME_MILLISECONDS : FRAME_MILLISECONDS)
    return () => clearInterval(timer)
  }, [playing, calm])

  return {
    epoch: shownEpoch(cursor, epochs, rest),
    following: pinned === null,
    playing,
    pick: (epoch: number) => move({ type: 'pick', epoch }),
    follow: () => move({ type: 'follow' }),
    togglePlay: () => move(playing ? { type: 'pause' } : { type: 'play', epochs, rest }),
  }
}
