import { fromPixels, toPixels } from './paintExample'
import { sliceStrip } from './sliceStrip'

/** Pictures that one can ask for their size, and draw. */
export type Strip = HTMLImageElement | HTMLCanvasElement

/** Tells how large a strip is, in its own pixels. */
export function sizeOfStrip(strip: Strip): { readonly width: number; readonly height: number } {
  return strip instanceof HTMLCanvasElement
    ? { width: strip.width, height: strip.height }
    : { width: strip.naturalWidth, height: strip.naturalHeight }
}

/** Reads the grey images, 0…1, that stand side by side in a strip, as [count, height · width]. */
export function readStrip(strip: Strip, count: number): Float32Array {
  const slices = sliceStrip({ ...sizeOfStrip(strip), count })
  const context = canvasOf(sizeOfStrip(strip))
  context.drawImage(strip, 0, 0)
  const images = slices.map(({ x, y, width, height }) => fromPixels(context.getImageData(x, y, width, height).data))
  const size = images[0]?.length ?? 0
  const values = new Float32Array(count * size)
  for (const [index, image] of images.entries()) values.set(image, index * size)
  return values
}

/** Draws grey images, [count, height · width], side by side. */
export function drawStrip(values: Float32Array, [height, width]: readonly [height: number, width: number]): HTMLCanvasElement {
  const count = values.length / (height * width)
  const context = canvasOf({ width: count * width, height })
  const pixels = context.createImageData(width, height)
  for (let index = 0; index < count; index++) {
    toPixels(values, index * height * width, pixels.data)
    context.putImageData(pixels, index * width, 0)
  }
  return context.canvas
}

function canvasOf({ width, height }: { readonly width: number; readonly height: number }): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('image strip: expected a 2-D canvas, got none from this browser')
  return context
}
