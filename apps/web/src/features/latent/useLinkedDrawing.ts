'use client'
import { placementOf } from '@hourglass/autoencoders'
import { noiseLevelOf, unspoiled } from '@hourglass/autoencoders/latent'
import { useEffect, useEffectEvent, useState } from 'react'
import type { LatentView } from '../../entities/run/RunSections'
import { type DrawLink, readDrawn, readNoise, readRubbed, writeDrawn, writeNoise, writeRubbed } from './drawLink'
import { createDrawStore, type DrawStore } from './drawStore'

const LINK_DELAY_MILLISECONDS = 300

interface LinkedDrawingOptions {
  readonly dataset: string
  readonly exampleShape: readonly number[]
  /** What a run is trained with, whose noise is offered first. */
  readonly corruption: Parameters<typeof noiseLevelOf>[0]
  /** What the link that led here says. */
  readonly view: DrawLink
  readonly onView: (changes: Partial<LatentView>) => void
}

/** Keeps what is drawn, from the link that led here and back into the address. */
export function useLinkedDrawing({ dataset, exampleShape, corruption, view, onView }: LinkedDrawingOptions): DrawStore {
  const isImage = exampleShape.length > 1
  const [store] = useState(() => {
    const size = exampleShape.reduce((product, length) => product * length, 1)
    const own = noiseLevelOf(corruption)
    const example = readDrawn(view.drawn, size)
    return createDrawStore(exampleShape, {
      placement: placementOf(dataset),
      example,
      origin: example && 'From the link, as it was',
      noise: readNoise(view.noise) ?? { ...unspoiled, ...(own && { kind: own.kind }) },
      rubbed: readRubbed(view.rubbed, size),
    })
  })
  const link = useEffectEvent(() => {
    const { example, noise, rubbed } = store.get()
    onView({
      drawn: writeDrawn(example, isImage),
      noise: example && writeNoise(noise),
      rubbed: example && isImage ? writeRubbed(rubbed) : null,
    })
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
