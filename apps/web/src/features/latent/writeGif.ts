import { toPixels } from '../../files/paintExample'

export interface AnimationFrames {
  /** Images `[count, height · width · channels]`, from 0 to 1. */
  readonly values: Float32Array
  readonly count: number
  /** `[height, width, channels]`. */
  readonly exampleShape: readonly number[]
}

interface GifOptions {
  /** How often a pixel is repeated across and down. */
  readonly magnification: number
  /** How long a frame is shown, in milliseconds. */
  readonly delay: number
}

/** Writes images as an animated GIF that runs again and again. */
export async function writeGif(
  { values, count, exampleShape }: AnimationFrames,
  { magnification, delay }: GifOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded for whoever wants one.
  const { encode } = await import('modern-gif')
  const [height = 1, width = 1, channels = 1] = exampleShape
  const frames = Array.from({ length: count }, (_, index) => {
    const image = new Uint8ClampedArray(4 * width * height)
    toPixels(values, image, { offset: index * width * height * channels, channels })
    return { data: magnify(image, width, magnification), delay }
  })
  const gif = await encode({ width: width * magnification, height: height * magnification, frames, looped: true, loopCount: 0 })
  return new Uint8Array(gif)
}

function magnify(image: Uint8ClampedArray, width: number, times: number): Uint8ClampedArray<ArrayBuffer> {
  const from = new Uint32Array(image.buffer, image.byteOffset, image.length / 4)
  const height = from.length / width
  const to = new Uint32Array(from.length * times * times)
  for (let row = 0; row < height * times; row++) {
    for (let column = 0; column < width * times; column++) {
      to[row * width * times + column] = from[Math.floor(row / times) * width + Math.floor(column / times)] as number
    }
  }
  return new Uint8ClampedArray(to.buffer)
}
