interface PaintedExample {
  /** Where its values begin. @default 0 */
  readonly offset?: number
  /** One is grey, three are red, green and blue. @default 1 */
  readonly channels?: number | undefined
}

/** Writes one example's values (0…1) as opaque RGBA bytes. */
export function toPixels(values: ArrayLike<number>, target: Uint8ClampedArray, { offset = 0, channels = 1 }: PaintedExample = {}): void {
  const count = target.length / 4
  for (let pixel = 0; pixel < count; pixel++) {
    const at = offset + pixel * channels
    const red = (values[at] ?? 0) * 255
    target[pixel * 4] = red
    target[pixel * 4 + 1] = channels === 3 ? (values[at + 1] ?? 0) * 255 : red
    target[pixel * 4 + 2] = channels === 3 ? (values[at + 2] ?? 0) * 255 : red
    target[pixel * 4 + 3] = 255
  }
}

/** Reads grey values 0…1 of one image out of RGBA bytes. */
export function fromPixels(pixels: ArrayLike<number>, channels = 1): Float32Array {
  const count = pixels.length / 4
  const values = new Float32Array(count * channels)
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      values[pixel * channels + channel] = (pixels[pixel * 4 + channel] ?? 0) / 255
    }
  }
  return values
}
