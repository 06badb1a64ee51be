import { toPixels } from './paintExample'
import { readExample } from './readExample'

/** Reads the grey images of a shape, 0…1, that stand side by side in a strip, as [count, values of one]. */
export function readStrip(strip: HTMLImageElement, count: number, exampleShape: readonly number[]): Float32Array {
  const images = Array.from({ length: count }, (_, index) => readExample(strip, { index, count, exampleShape }))
  const size = images[0]?.length ?? 0
  const values = new Float32Array(count * size)
  for (const [index, image] of images.entries()) values.set(image, index * size)
  return values
}

/** Draws grey images, [count, height · width], side by side. */
export function drawStrip(values: Float32Array, [height, width]: readonly [height: number, width: number]): HTMLCanvasElement {
  const count = values.length / (height * width)
  const canvas = document.createElement('canvas')
  canvas.width = count * width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('image strip: expected a 2-D canvas, got none from this browser')
  const pixels = context.createImageData(width, height)
  for (let index = 0; index < count; index++) {
    toPixels(values, pixels.data, { offset: index * height * width })
    context.putImageData(pixels, index * width, 0)
  }
  return canvas
}
