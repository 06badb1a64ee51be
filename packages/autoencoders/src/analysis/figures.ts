import type { PlainTensor } from '../tensors/NamedTensors.js'

/** Images that a figure shows side by side. */
export const FIGURE_IMAGES = 16

/** Copies the first images of [n, height, width] for a figure. */
export function figureOf(images: Float32Array, [height, width]: readonly [height: number, width: number]): PlainTensor {
  const values = images.slice(0, FIGURE_IMAGES * height * width)
  return { shape: [values.length / (height * width), height, width], values }
}
