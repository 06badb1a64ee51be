import fc from 'fast-check'

const small = fc.integer({ min: 1, max: 3 })
export const pair = <Each>(each: fc.Arbitrary<Each>) => fc.tuple(each, each)

type Padding = 'same' | 'valid' | number | [[number, number], [number, number], [number, number], [number, number]]

export interface Geometry {
  readonly batch: number
  readonly size: readonly [number, number]
  readonly channels: number
  readonly filters: number
  readonly kernel: [number, number]
  readonly strides: [number, number]
  readonly dilations: [number, number]
  readonly pad: Padding
}

/** Where the padding is a number, tfjs needs equal strides and sides of the filter. */
export function withEqualSides(geometry: Geometry): Geometry {
  if (typeof geometry.pad !== 'number') return geometry
  const equal = ([first]: readonly [number, number]): [number, number] => [first, first]
  const longest = Math.max(...geometry.size)
  return {
    ...geometry,
    size: [longest, longest],
    kernel: equal(geometry.kernel),
    strides: equal(geometry.strides),
    dilations: equal(geometry.dilations),
  }
}

/** The image is at least as large as the window, so that every padding leaves a result. */
export const geometries = fc
  .record({
    batch: small,
    extra: pair(fc.nat({ max: 5 })),
    channels: small,
    filters: small,
    kernel: pair(fc.integer({ min: 1, max: 4 })),
    strides: pair(small),
    dilations: pair(fc.integer({ min: 1, max: 2 })),
    pad: fc.oneof(
      fc.constantFrom<Padding>('same', 'valid', 1),
      pair(pair(fc.nat({ max: 2 }))).map(([rows, columns]): Padding => [[0, 0], rows, columns, [0, 0]]),
    ),
  })
  .map(
    ({ extra, ...rest }): Geometry => ({
      ...rest,
      size: [(rest.kernel[0] - 1) * rest.dilations[0] + 1 + extra[0], (rest.kernel[1] - 1) * rest.dilations[1] + 1 + extra[1]],
    }),
  )
  .map(withEqualSides)

/** tfjs takes strides or dilations, not both, and has gradients without dilations only. */
export const strided = geometries.map((geometry): Geometry => ({ ...geometry, dilations: [1, 1] }))
export const dilated = geometries.map((geometry): Geometry => ({ ...geometry, strides: [1, 1] }))
export const rounded = fc
  .tuple(strided, fc.constantFrom('floor', 'round', 'ceil'))
  .map(([geometry, mode]) => ({ ...geometry, pad: 1, mode }))
