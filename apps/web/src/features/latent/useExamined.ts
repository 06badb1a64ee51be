'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
import type { DrawState, DrawStore } from './drawStore'
import { type Examined, examineExample, type FilledExample, fillRubbed } from './examineExample'
import { oncePerFrame } from './oncePerFrame'
import { oneAtATime } from './oneAtATime'

/** Name of the performance measure from a change of what is drawn to the code and the reconstruction of it. */
export const DRAWING_TO_ANSWER = 'drawing-to-answer'
const MOST_MEASURES = 2000

interface ExaminedOptions {
  readonly store: DrawStore
  /** Null before it is there. */
  readonly model: (LatentModel & { readonly ahead: LatentModel }) | null
  /** What values usually are, `[values of one example]`, which filling in begins with; null fills nothing in. */
  readonly usual: Float32Array | null
  /** Told of what came out, and whether somebody has changed the example since the one before. */
  readonly onExamined?: (examined: Examined, isNew: boolean) => void
}

export interface ExaminedState {
  /** The latest that came out; null for no example. */
  readonly examined: Examined | null
  /** What was rubbed out, filled in; null for nothing. */
  readonly filled: FilledExample | null
  readonly error: Error | null
}

/** Sends what is drawn through a model whenever it changes, the newest alone, at most once a frame. */
export function useExamined({ store, model, usual, onExamined }: ExaminedOptions): ExaminedState {
  const [state, setState] = useState<ExaminedState>({ examined: null, filled: null, error: null })
  /** When the change happened that the latest answer is to; null where nobody waited for it. */
  const [changedAt, setChangedAt] = useState<number | null>(null)
  // By now all that is drawn of the answer is.
  useLayoutEffect(() => {
    if (changedAt === null) return
    if (performance.getEntriesByName(DRAWING_TO_ANSWER).length >= MOST_MEASURES) performance.clearMeasures(DRAWING_TO_ANSWER)
    performance.measure(DRAWING_TO_ANSWER, { start: changedAt, end: performance.now() })
  }, [changedAt])
  const tell = useEffectEvent((examined: Examined, isNew: boolean) => onExamined?.(examined, isNew))
  useEffect(() => {
    if (model === null) return
    let last = store.get().example
    const failed = (error: Error) => setState((before) => ({ ...before, error }))
    const examining = oneAtATime(
      async () => {
        const { example, noise } = store.get()
        return example && examineExample(model.ahead, example, noise)
      },
      {
        done(examined, start) {
          setState(({ filled }) => ({ examined, filled: examined && filled, error: null }))
          if (examined) {
            tell(examined, examined.example !== last)
            last = examined.example
          }
          setChangedAt(examined && start)
        },
        failed,
      },
    )
    const filling = oneAtATime(
      async () => {
        const { example, rubbed } = store.get()
        // Many passes: nobody's hand waits for them, and they are not for the thread that draws.
        return example && usual && rubbed.includes(1) ? fillRubbed(model, { example, rubbed, usual }) : null
      },
      { done: (filled) => setState((before) => ({ ...before, filled })), failed },
    )
    const task = oncePerFrame((at) => examining.request(at))
    examining.request(null)
    filling.request(null)
    let before: DrawState = store.get()
    const unsubscribe = store.subscribe(() => {
      const now = store.get()
      if (now.example !== before.example || now.noise !== before.noise) task.request(performance.now())
      // It takes many passes: not while a stroke is under way.
      if (!now.isMoving && (now.example !== before.example || now.rubbed !== before.rubbed || before.isMoving)) filling.request(null)
      before = now
    })
    return () => {
      unsubscribe()
      task.cancel()
      examining.cancel()
      filling.cancel()
    }
  }, [store, model, usual])
  return state
}
