import type { Placement } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'

/** A grey image of any size, row-major; ink is 1, paper 0. */
export interface GreyImage {
  readonly values: Float32Array
  readonly height: number
  readonly width: number
}

/** How an image comes into the field of a data set. */
export const placements = {
  /** As MNIST’s digits were: what is drawn scaled into 20 × 20, and moved as a whole so that its centre of mass is the middle (LeCun, Cortes and Burges 1998). */
  mass: { share: 20 / 28, isTrimmed: true },
  /** As Fashion-MNIST’s clothes were: what is shown scaled until it touches the edges, in the middle (Xiao, Rasul and Vollgraf 2017). */
  box: { share: 1, isTrimmed: true },
  /** The image with all its margins. */
  whole: { share: 1, isTrimmed: false },
} as const satisfies Readonly<Record<Placement, { readonly share: number; readonly isTrimmed: boolean }>>

export type { Placement }

export interface PlaceImageOptions {
  /** Of the field, in pixels. */
  readonly height: number
  readonly width: number
  readonly placement: Placement
}

/** A rectangle of pixels. */
export interface PixelBox {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

export interface PlacedImage {
  /** `[height, width]` of the field. */
  readonly values: Float32Array
  /** What was taken of the image. */
  readonly taken: PixelBox
  /** Where that is in the field. */
  readonly put: PixelBox
  /** Sides of what was put as a share of those of what was taken. */
  readonly scale: number
}

/**
 * Scales an image into the field of a data set, with its proportions, and moves it by whole pixels to where the data set has its examples. Throws
 * EMPTY_IMAGE where there is nothing to see, and WRONG_LENGTH for values that are not those of the image.
 */
export function placeImage({ values, height, width }: GreyImage, field: PlaceImageOptions): PlacedImage {
  if (values.length !== height * width || values.length === 0) {
    throw new AutoencoderError('WRONG_LENGTH', `image: expected ${height} × ${width} values, at least one, got ${values.length}`)
  }
  const { share, isTrimmed } = placements[field.placement]
  const taken = isTrimmed ? boxOfInk({ values, height, width }) : { top: 0, left: 0, height, width }
  if (!taken) throw new AutoencoderError('EMPTY_IMAGE', 'image: expected something to see on it, got the same everywhere')
  const scale = Math.min((share * field.height) / taken.height, (share * field.width) / taken.width)
  const sides = (side: number, most: number) => Math.max(1, Math.min(most, Math.round(scale * side)))
  const size = { height: sides(taken.height, field.height), width: sides(taken.width, field.width) }
  const scaled = resample({ values, height, width }, taken, size)
  const at =
    field.placement === 'mass'
      ? byMass(scaled, size, field)
      : { top: (field.height - size.height) / 2, left: (field.width - size.width) / 2 }
  const put = { ...size, top: within(at.top, field.height - size.height), left: within(at.left, field.width - size.width) }
  const placed = new Float32Array(field.height * field.width)
  for (let row = 0; row < size.height; row++) {
    placed.set(scaled.subarray(row * size.width, (row + 1) * size.width), (put.top + row) * field.width + put.left)
  }
  return { values: placed, taken, put, scale }
}

type Sides = Pick<PixelBox, 'height' | 'width'>

const within = (place: number, most: number) => Math.max(0, Math.min(most, Math.round(place)))

function boxOfInk({ values, height, width }: GreyImage): PixelBox | null {
  let [top, bottom, left, right] = [height, -1, width, -1]
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!((values[row * width + column] as number) > 0)) continue
      top = Math.min(top, row)
      bottom = row
      left = Math.min(left, column)
      right = Math.max(right, column)
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 }
}

/** Where the upper left corner of a scaled image comes, so that its centre of mass is within the middle pixel, the 15th of 28: so it is in all of MNIST. */
function byMass(values: Float32Array, { height, width }: Sides, field: Sides): Pick<PixelBox, 'top' | 'left'> {
  let [all, down, across] = [0, 0, 0]
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column] as number
      all += value
      down += value * (row + 0.5)
      across += value * (column + 0.5)
    }
  }
  const middle = (side: number) => Math.floor(side / 2) + 0.5
  return { top: middle(field.height) - down / all, left: middle(field.width) - across / all }
}

/** Scales a part of an image: each pixel is the mean of what it covers, or lies between those around its middle where it covers less than one. */
function resample({ values, width }: GreyImage, from: PixelBox, to: Sides): Float32Array {
  const rows = weightsOf(from.height, to.height)
  const columns = weightsOf(from.width, to.width)
  const between = new Float32Array(from.height * to.width)
  for (let row = 0; row < from.height; row++) {
    for (const [column, { first, weights }] of columns.entries()) {
      let sum = 0
      for (const [step, weight] of weights.entries())
        sum += weight * (values[(from.top + row) * width + from.left + first + step] as number)
      between[row * to.width + column] = sum
    }
  }
  const scaled = new Float32Array(to.height * to.width)
  for (const [row, { first, weights }] of rows.entries()) {
    for (let column = 0; column < to.width; column++) {
      let sum = 0
      for (const [step, weight] of weights.entries()) sum += weight * (between[(first + step) * to.width + column] as number)
      scaled[row * to.width + column] = sum
    }
  }
  return scaled
}

interface Weights {
  /** The first pixel that counts. */
  readonly first: number
  /** Of it and those after it; they add up to 1. */
  readonly weights: readonly number[]
}

function weightsOf(from: number, to: number): readonly Weights[] {
  const step = from / to
  return Array.from({ length: to }, (_, place): Weights => {
    if (step < 1) {
      const middle = Math.max(0, Math.min(from - 1, (place + 0.5) * step - 0.5))
      const first = Math.min(from - 1, Math.floor(middle))
      return first + 1 < from ? { first, weights: [1 - (middle - first), middle - first] } : { first, weights: [1] }
    }
    const [begin, end] = [place * step, Math.min(from, (place + 1) * step)]
    const first = Math.floor(begin)
    const covered = Array.from(
      { length: Math.ceil(end - 1e-9) - first },
      (_, next) => Math.min(end, first + next + 1) - Math.max(begin, first + next),
    )
    const all = covered.reduce((sum, weight) => sum + weight, 0)
    return { first, weights: covered.map((weight) => weight / all) }
  })
}
