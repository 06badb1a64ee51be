'use client'
import { placementOf } from '@hourglass/autoencoders'
import { unspoiled } from '@hourglass/autoencoders/latent'
import { useEffect, useEffectEvent, useState } from 'react'
import type { AcrossView } from './acrossView'
import { readDrawn, readNoise, readRubbed, writeDrawn, writeNoise, writeRubbed } from './drawLink'
import { createDrawStore, type DrawStore } from './drawStore'

const LINK_DELAY_MILLISECONDS = 300

interface AcrossDrawingOptions {
  readonly dataset: string
  readonly exampleShape: readonly number[]
  readonly view: AcrossView
  readonly onView: (changes: Partial<AcrossView>) => void
  /** The test example that goes through the runs where nothing is drawn; null before it is there. */
  readonly example: Float32Array | null
}

/** Keeps what goes through all runs: what is drawn, or a test example, from the link that led here and back into the address. */
export function useAcrossDrawing({ dataset, exampleShape, view, onView, example }: AcrossDrawingOptions): DrawStore {
  const isImage = exampleShape.length > 1
  const [store] = useState(() => {
    const size = exampleShape.reduce((product, length) => product * length, 1)
    const drawn = readDrawn(view.drawn, size)
    return createDrawStore(exampleShape, {
      placement: placementOf(dataset),
      example: drawn,
      origin: drawn && 'From the link, as it was',
      noise: readNoise(view.noise) ?? unspoiled,
      rubbed: readRubbed(view.rubbed, size),
    })
  })
  const name = `Test example ${view.example}, as it is`
  const isDrawn = view.drawn !== null
  useEffect(() => {
    if (!isDrawn && example && store.get().example !== example) store.take(example, name)
  }, [store, example, isDrawn, name])
  const link = useEffectEvent(() => {
    const { example: shown, noise, rubbed } = store.get()
    onView({
      drawn: shown === null || shown === example ? null : writeDrawn(shown, isImage),
      noise: writeNoise(noise),
      rubbed: isImage ? writeRubbed(rubbed) : null,
    })
    if (shown === null && example) store.take(example, name)
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = store.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(link, LINK_DELAY_MILLISECONDS)
    })
    return () => {
      end()
      clearTimeout(timer)
    }
  }, [store])
  return store
}
