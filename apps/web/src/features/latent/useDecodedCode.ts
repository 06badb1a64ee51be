'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { CodeStore } from './codeStore'
import { oncePerFrame } from './oncePerFrame'
import { oneAtATime } from './oneAtATime'

/** Name of the performance measure from a slider's input to its drawn image. */
export const SLIDER_TO_IMAGE = 'slider-to-image'
const MOST_MEASURES = 2000

interface DecodedCodeOptions {
  readonly store: CodeStore
  readonly model: BrowserModel | null
  /** Draws one decoded example at once. */
  readonly draw: (values: Float32Array) => void
}

/**
 * Decodes the code whenever it changes, at most once a frame and the newest alone, and draws it as it arrives, outside React. Measures each input to its
 * drawn image as `slider-to-image`. Returns why the latest could not be decoded, null where it could.
 */
export function useDecodedCode({ store, model, draw }: DecodedCodeOptions): Error | null {
  const drawLatest = useEffectEvent(draw)
  const [error, setError] = useState<Error | null>(null)
  useEffect(() => {
    if (model === null) return
    let measured = 0
    let hasFailed = true
    const decoding = oneAtATime(() => model.ahead.decode(store.values, 1), {
      done(values, start) {
        drawLatest(values)
        // Only the first success after a failure renders.
        if (hasFailed) setError(null)
        hasFailed = false
        if (start === null) return
        if (measured++ % MOST_MEASURES === MOST_MEASURES - 1) performance.clearMeasures(SLIDER_TO_IMAGE)
        performance.measure(SLIDER_TO_IMAGE, { start, end: performance.now() })
      },
      failed(reason) {
        hasFailed = true
        setError(reason)
      },
    })
    decoding.request(null)
    const task = oncePerFrame((start) => decoding.request(start))
    const unsubscribe = store.subscribe(({ at }) => task.request(at))
    return () => {
      unsubscribe()
      task.cancel()
      decoding.cancel()
    }
  }, [store, model])
  return error
}
