'use client'
import { useEffect, useEffectEvent } from 'react'
import { oncePerFrame } from '../files/oncePerFrame'
import type { CodeStore } from './codeStore'
import type { LatentModel } from './openLatentModel'

/** Name of the performance measure from a slider's input to its drawn image. */
export const SLIDER_TO_IMAGE = 'slider-to-image'
const MOST_MEASURES = 2000

interface DecodedCodeOptions {
  readonly store: CodeStore
  readonly model: LatentModel | null
  /** Draws one decoded example at once. */
  readonly draw: (values: Float32Array) => void
}

/** Decodes and draws the code whenever it changes, at most once a frame and outside React. Measures each as `slider-to-image`. */
export function useDecodedCode({ store, model, draw }: DecodedCodeOptions): void {
  const drawLatest = useEffectEvent(draw)
  useEffect(() => {
    if (model === null) return
    let measured = 0
    const decodeAndDraw = () => drawLatest(model.decode(store.values, 1))
    decodeAndDraw()
    const task = oncePerFrame((start) => {
      decodeAndDraw()
      if (measured++ % MOST_MEASURES === MOST_MEASURES - 1) performance.clearMeasures(SLIDER_TO_IMAGE)
      performance.measure(SLIDER_TO_IMAGE, { start, end: performance.now() })
    })
    const unsubscribe = store.subscribe(({ at }) => task.request(at))
    return () => {
      unsubscribe()
      task.cancel()
    }
  }, [store, model])
}
