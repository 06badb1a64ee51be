import fc from 'fast-check'

const size = fc.integer({ min: 1, max: 5 })

export const shapes = fc.array(size, { minLength: 1, maxLength: 3 })

/** Two shapes that broadcast to one: axes of either are 1, and leading axes of either are missing. */
export const broadcastShapes = fc
  .array(fc.record({ size, kept: fc.constantFrom('both', 'first', 'second') }), { minLength: 1, maxLength: 4 })
  .chain((axes) =>
    fc.record({ axes: fc.constant(axes), dropped: fc.nat({ max: axes.length }), dropsFirst: fc.boolean() }).map((drawn) => {
      const shapeOf = (name: string) => drawn.axes.map(({ size, kept }) => (kept === 'both' || kept === name ? size : 1))
      const [first, second] = [shapeOf('first'), shapeOf('second')]
      return drawn.dropsFirst ? [first.slice(drawn.dropped), second] : [first, second.slice(drawn.dropped)]
    }),
  )
  .map(([first = [], second = []]) => [first, second] as const)

/** A permutation of axes to go with a shape of as many. */
export const permutedShapes = fc
  .array(size, { minLength: 1, maxLength: 4 })
  .chain((shape) => fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })))

/** A shape and some of its axes, at least one, counted from either end. */
export const shapesWithAxes = fc
  .array(size, { minLength: 1, maxLength: 4 })
  .chain((shape) => fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()], { minLength: 1 }), fc.boolean()))
  .map(([shape, axes, fromEnd]) => [shape, axes.map((axis) => (fromEnd ? axis - shape.length : axis))] as const)

/** Sizes of two matrices that can be multiplied, and which of them are stored transposed. */
export const products = fc.record({ rows: size, inner: size, columns: size, transposeA: fc.boolean(), transposeB: fc.boolean() })
