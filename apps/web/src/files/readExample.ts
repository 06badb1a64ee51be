import { fromPixels } from './paintExample'
import { type Strip, sizeOfStrip } from './Strip'
import { sliceStrip } from './sliceStrip'

interface ReadExampleOptions {
  readonly index: number
  readonly count: number
  /** `[height, width, channels]`. */
  readonly exampleShape: readonly number[]
}

/** Reads the pixel values, 0…1, of one image of a decoded strip. */
export function readExample(strip: Strip, { index, count, exampleShape }: ReadExampleOptions): Float32Array {
  const slice = sliceStrip({ ...sizeOfStrip(strip), count })[index]
  if (slice === undefined) throw new RangeError(`test image: expected an index below ${count}, got ${index}`)
  const canvas = document.createElement('canvas')
  canvas.width = slice.width
  canvas.height = slice.height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('test image: expected a 2-D canvas, got none from this browser')
  context.drawImage(strip, slice.x, slice.y, slice.width, slice.height, 0, 0, slice.width, slice.height)
  return fromPixels(context.getImageData(0, 0, slice.width, slice.height).data, exampleShape[2])
}
