'use client'
import { useRef } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { toPixels } from '../../files/paintExample'
import type { CodeStore } from './codeStore'
import classes from './DecodedImage.module.css'
import { NotDecoded } from './NotDecoded'
import { useDecodedCode } from './useDecodedCode'

interface DecodedImageProps {
  readonly store: CodeStore
  readonly model: BrowserModel | null
  /** `[height, width, channels]`. */
  readonly exampleShape: readonly number[]
  readonly label: string
}

/** Draws the image that the decoder makes of the live code, in step with the sliders. */
export function DecodedImage({ store, model, exampleShape, label }: DecodedImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixels = useRef<ImageData | null>(null)
  const [height = 1, width = 1, channels = 1] = exampleShape

  const error = useDecodedCode({
    store,
    model,
    draw(values) {
      const context = canvas.current?.getContext('2d')
      if (!context) return
      pixels.current ??= context.createImageData(width, height)
      toPixels(values, pixels.current.data, { channels })
      context.putImageData(pixels.current, 0, 0)
      context.canvas.dataset.ready = 'true'
    },
  })
  return (
    <>
      <NotDecoded error={error} />
      <canvas
        ref={canvas}
        className={classes.image}
        width={width}
        height={height}
        role="img"
        aria-label={label}
        data-testid="decoded-image"
      />
    </>
  )
}
