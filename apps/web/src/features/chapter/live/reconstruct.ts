import type { ShippedModel } from '@hourglass/chapter/models'
import type { Point } from './principalAxes'

/** Where a model of points takes one: r(x) = g(f(x)). */
export function reconstruct({ encoder, decoder }: ShippedModel, point: Point): Point {
  const [x = 0, y = 0] = encoder ? decoder.run(encoder.run(point)) : point
  return [x, y]
}
