import { type Strip, sizeOfStrip } from './Strip'

/** Reads the pixel values, 0…1, of all images of a decoded strip of grey images side by side, `[count, height · width]`. `exampleShape` is `[height, width, 1]`. */
export function readStrip(
  strip: Strip,
  { exampleShape: [height = 1, width = 1] }: { readonly exampleShape: readonly number[] },
): Float32Array {
  const size = sizeOfStrip(strip)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: size.width, height: size.height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('examples: expected a 2-D canvas, got none from this browser')
  context.drawImage(strip, 0, 0)
  const { data } = context.getImageData(0, 0, size.width, size.height)
  const count = Math.floor(size.width / width)
  const values = new Float32Array(count * height * width)
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = row * size.width + image * width + column
        values[(image * height + row) * width + column] = (data[4 * at] ?? 0) / 255
      }
    }
  }
  return values
}
