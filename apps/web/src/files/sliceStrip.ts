export interface StripSlice {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Locates each of `count` images that stand side by side in one strip, in pixels. Throws a RangeError when they do not fit evenly. */
export function sliceStrip({ width, height, count }: { width: number; height: number; count: number }): readonly StripSlice[] {
  const each = width / count
  if (count < 1 || !Number.isInteger(each) || each < 1) {
    throw new RangeError(`image strip: expected a width that ${count} images share evenly, got ${width} pixels`)
  }
  return Array.from({ length: count }, (_, index) => ({ x: index * each, y: 0, width: each, height }))
}
