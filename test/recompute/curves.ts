import type { Measured } from './Measured.js'
import { mean } from './measures.js'
import { decode, encode } from './network.js'

type Point = readonly [number, number]

/** The curves that points of the plane are drawn around, by a position from 0 to 1 and the place of the example. */
const curves: Readonly<Record<string, (position: number, place: number) => Point>> = {
  circle: (t) => [Math.cos(2 * Math.PI * t), Math.sin(2 * Math.PI * t)],
  spiral: (t) => [Math.sqrt(t) * Math.cos(4 * Math.PI * Math.sqrt(t)), Math.sqrt(t) * Math.sin(4 * Math.PI * Math.sqrt(t))],
  'two-moons': (t, place) => {
    const [x, y] = [Math.cos(Math.PI * t) - 0.5, Math.sin(Math.PI * t) - 0.25]
    return place % 2 === 0 ? [x, y] : [-x, -y]
  },
}

const distance = ([x, y]: Point, [u, v]: Point) => Math.hypot(u - x, v - y)

/** The middles of so many equal stretches. */
const middles = (count: number) => Array.from({ length: count }, (_, place) => ({ t: (place + 0.5) / count, place }))

/** Both points that lie at a right angle to a curve, so far from a place of it. */
function besides(curve: (position: number, place: number) => Point, { t, place }: { t: number; place: number }, length: number): Point[] {
  const [[x0, y0], [x1, y1], [x, y]] = [curve(t - 1e-4, place), curve(t + 1e-4, place), curve(t, place)]
  const size = Math.hypot(x1 - x0, y1 - y0)
  return [-1, 1].map((side) => [x + (side * length * (y1 - y0)) / size, y - (side * length * (x1 - x0)) / size])
}

/** The first point along a curve that is so far from a place of it, towards where more of the curve lies, and its end where none is. */
function ahead(curve: (position: number, place: number) => Point, { t, place }: { t: number; place: number }, length: number): Point {
  const [from, end] = [curve(t, place), t < 0.5 ? 1 : 0]
  for (let steps = 1; ; steps++) {
    const position = t + (t < 0.5 ? steps : -steps) * 5e-4
    if (position < 0 || position > 1) return curve(end, place)
    if (distance(from, curve(position, place)) >= length) return curve(position, place)
  }
}

function mover({ network }: Measured) {
  return (point: Point): Point => {
    const [x = 0, y = 0] = decode(network, encode(network, Float64Array.from(point, Math.fround)))
    return [x, y]
  }
}

/** Where a denoising autoencoder moves points on a curve, and beside it as far as one standard deviation of its noise; null of other runs. */
export function vectorFieldOf(measured: Measured): { readonly meanCosine: number; readonly stepOnCurve: number } | null {
  const { corruption, data } = measured.config
  const curve = curves[data.dataset]
  if (!curve || corruption.kind !== 'gaussian') return null
  const move = mover(measured)
  const { standardDeviation } = corruption
  const places = middles(200)
  const points = places.map(({ t, place }) => curve(t, place))
  const cosines = places
    .flatMap((place) => besides(curve, place, standardDeviation))
    .map((from) => {
      const to = move(from)
      const nearest = points.reduce((best, each) => (distance(from, each) < distance(from, best) ? each : best))
      const along = (to[0] - from[0]) * (nearest[0] - from[0]) + (to[1] - from[1]) * (nearest[1] - from[1])
      return along / (distance(from, to) * distance(from, nearest))
    })
  return { meanCosine: mean(cosines), stepOnCurve: mean(points.map((point) => distance(point, move(point)))) / standardDeviation }
}

/** Of steps of some lengths along a curve and across it, the share that reconstructions move by; null of other data. */
export function stepResponseOf(
  measured: Measured,
  lengths: readonly number[],
): { readonly along: readonly number[]; readonly across: readonly number[] } | null {
  const curve = curves[measured.config.data.dataset]
  if (!curve) return null
  const move = mover(measured)
  const places = middles(100)
  const share = (endsOf: (place: { t: number; place: number }) => readonly Point[]) => {
    const sums = { moved: 0, gone: 0 }
    for (const place of places) {
      const start = curve(place.t, place.place)
      for (const end of endsOf(place)) {
        sums.moved += distance(move(start), move(end))
        sums.gone += distance(start, end)
      }
    }
    return sums.moved / sums.gone
  }
  return {
    along: lengths.map((length) => share((place) => [ahead(curve, place, length)])),
    across: lengths.map((length) => share((place) => besides(curve, place, length))),
  }
}
