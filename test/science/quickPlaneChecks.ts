import type { Claim, QuickCheck } from './quickChecks.js'
import { type QuickRun, reconstruct } from './quickRuns.js'

type Point = readonly [x: number, y: number]

/** The curves that toy manifolds are drawn from, by a position in 0…1; two moons one after the other. */
const curves: Readonly<Record<string, (position: number) => Point>> = {
  circle: (t) => [Math.cos(2 * Math.PI * t), Math.sin(2 * Math.PI * t)],
  spiral: (t) => [t * Math.cos(4 * Math.PI * t), t * Math.sin(4 * Math.PI * t)],
  'two-moons': (t) => {
    const side = t < 0.5 ? 1 : -1
    const angle = Math.PI * ((2 * t) % 1)
    return [side * (Math.cos(angle) - 0.5), side * (Math.sin(angle) - 0.25)]
  },
}
const curveOf = ({ run }: QuickRun) => curves[run.config.data.dataset] ?? (() => [Number.NaN, Number.NaN] as const)
const positions = Array.from({ length: 200 }, (_, index) => (index + 0.5) / 200)
const length = ([x, y]: Point) => Math.hypot(x, y)
const between = ([x, y]: Point, [toX, toY]: Point): Point => [toX - x, toY - y]
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

async function moved(run: QuickRun, points: readonly Point[]): Promise<Point[]> {
  const values = await reconstruct(run, Float32Array.from(points.flat()), [2])
  return points.map((_, index) => [values[2 * index] ?? Number.NaN, values[2 * index + 1] ?? Number.NaN])
}

/** Mean cosine between the step from points a standard deviation of the noise beside the curve, and the way to the nearest point of it. */
async function towardsCurve(run: QuickRun): Promise<number> {
  const [curve, { corruption }] = [curveOf(run), run.run.config]
  const away = corruption.kind === 'gaussian' ? corruption.standardDeviation : Number.NaN
  const onCurve = positions.map(curve)
  const points = positions.flatMap((position, index): Point[] => {
    const [before, after] = [curve(position - 1e-4), curve(position + 1e-4)]
    const [dx, dy] = between(before, after)
    const [x, y] = onCurve[index] ?? [Number.NaN, Number.NaN]
    const step = away / Math.hypot(dx, dy)
    return [
      [x - dy * step, y + dx * step],
      [x + dy * step, y - dx * step],
    ]
  })
  const to = await moved(run, points)
  const cosines = points.map((point, index) => {
    const nearest = onCurve.toSorted((a, b) => length(between(point, a)) - length(between(point, b)))[0] ?? point
    const [step, way] = [between(point, to[index] ?? point), between(point, nearest)]
    return (step[0] * way[0] + step[1] * way[1]) / (length(step) * length(way))
  })
  return mean(cosines)
}

/** Mean length of the step from points of the curve, of that from points a standard deviation beside it. */
async function stepOnCurve(run: QuickRun): Promise<number> {
  const points = positions.map(curveOf(run))
  const { corruption } = run.run.config
  const to = await moved(run, points)
  return (
    mean(points.map((point, index) => length(between(point, to[index] ?? point)))) /
    (corruption.kind === 'gaussian' ? corruption.standardDeviation : 1)
  )
}

const overPca = ({ measured }: QuickRun, metric: 'meanSquaredError' | 'linearProbeAccuracy') => measured(metric) / measured(metric, 'PCA')

/** Of points of the plane, and of codes that are such points. */
export const planeChecks: Readonly<Record<string, QuickCheck>> = {
  'deep-2d': ({ all }) =>
    all.flatMap((run) => [
      { what: 'error over PCA’s', value: overPca(run, 'meanSquaredError'), below: 0.85 },
      { what: 'linear probe’s accuracy over PCA’s', value: overPca(run, 'linearProbeAccuracy'), above: 1.2 },
    ]),
  'two-moons': ({ all }) =>
    all.flatMap((run) => [
      { what: 'error over PCA’s', value: overPca(run, 'meanSquaredError'), below: 0.3 },
      { what: 'moons told apart by the code alone', value: run.measured('linearProbeAccuracy'), above: 0.9 },
    ]),
  tangents: ({ of }) => {
    const values = of('circle, z = 2').analysis.tangents.map(({ singularValues }) => (singularValues[1] ?? 0) / (singularValues[0] ?? 0))
    return [
      { what: 'moons: error over PCA’s', value: overPca(of('two moons, z = 1'), 'meanSquaredError'), below: 0.3 },
      { what: 'circle: least ratio of its two singular values', value: Math.min(...values), above: 0.3 },
    ]
  },
  'vector-field': async ({ all }) => {
    const claims: Claim[] = []
    for (const run of all) {
      claims.push({ what: `${run.label}: mean cosine with the way to the curve`, value: await towardsCurve(run), above: 0.75 })
      claims.push({ what: `${run.label}: step on the curve over the noise`, value: await stepOnCurve(run), below: 0.5 })
    }
    return claims
  },
}
