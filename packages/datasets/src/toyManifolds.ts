interface ManifoldPoint {
  /** Its coordinates: one on a line, two in the plane, three in space, as many for every point of a manifold. */
  readonly at: readonly number[]
  /** Class of the point. @default the stretch of the curve that it lies on, of as many as there are classes */
  readonly label?: number
}

/** Places of a line, a curve or a surface, roughly within [-1.5, 1.5] on every axis. */
export interface ToyManifold {
  readonly title: string
  readonly description: string
  readonly classCount: number
  /** Standard deviation of the normal noise on each coordinate. */
  readonly noise: number
  /** Where example `index` lies for a position drawn uniformly from [0, 1), and on a surface, or along a line that is not passed evenly, for a second one, `across`. */
  readonly point: (position: number, index: number, across: number) => ManifoldPoint
}

/** Standard deviation along the line of `correlated`, and its angle to the first axis. */
const LINE = { spread: 0.5, angle: Math.PI / 6 } as const

/** Every data set of points. What is known of one elsewhere, the number of its coordinates too, follows from its row. */
export const toyManifolds = {
  // (cos 2πt, sin 2πt), uniform in arc length; label = which eighth of the circle.
  circle: {
    title: 'Circle',
    description: 'Points around a circle in the plane, labelled by arc.',
    classCount: 8,
    noise: 0.05,
    point: (t) => ({ at: [Math.cos(2 * Math.PI * t), Math.sin(2 * Math.PI * t)] }),
  },
  // Archimedes: r = sqrt(t), angle = 4π sqrt(t). The root spreads points almost evenly along the arc, whose length grows with r².
  spiral: {
    title: 'Spiral',
    description: 'Points along two turns of a spiral in the plane, labelled by stretch.',
    classCount: 8,
    noise: 0.02,
    point: (t) => {
      const radius = Math.sqrt(t)
      return { at: [radius * Math.cos(4 * Math.PI * radius), radius * Math.sin(4 * Math.PI * radius)] }
    },
  },
  // Upper moon (cos πt - 1/2, sin πt - 1/4), lower moon (1/2 - cos πt, 1/4 - sin πt), taking turns; label = moon.
  'two-moons': {
    title: 'Two moons',
    description: 'Points on two interlocking half circles, labelled by moon.',
    classCount: 2,
    noise: 0.05,
    point: (t, index) => {
      const label = index % 2
      const side = label === 0 ? 1 : -1
      return { at: [side * (Math.cos(Math.PI * t) - 0.5), side * (Math.sin(Math.PI * t) - 0.25)], label }
    },
  },
  // (s cos 30°, s sin 30°) with s ~ N(0, 0.5²) by Box & Muller 1958: with its noise a normal distribution of the plane whose axes are turned by 30°.
  correlated: {
    title: 'Correlated points',
    description: 'Normally distributed points of the plane that vary most along a line at 30°.',
    classCount: 1,
    noise: 0.15,
    point: (t, _index, across) => {
      const along = LINE.spread * Math.sqrt(-2 * Math.log(1 - t)) * Math.cos(2 * Math.PI * across)
      return { at: [along * Math.cos(LINE.angle), along * Math.sin(LINE.angle)], label: 0 }
    },
  },
  // A manifold of no dimensions: −1.1, −0.2 and 0.9 in turn; label = which of them.
  line: {
    title: 'Points on a line',
    description: 'Points near three places of a line, one number each, labelled by place.',
    classCount: 3,
    noise: 0.03,
    point: (_, index) => ({ at: [[-1.1, -0.2, 0.9][index % 3] ?? 0], label: index % 3 }),
  },
} as const satisfies Readonly<Record<string, ToyManifold>>

export type ToyManifoldId = keyof typeof toyManifolds

/** Counts the coordinates of a manifold's points. */
export function dimensionOf({ point }: ToyManifold): number {
  return point(0, 0, 0).at.length
}

/** Tells whether a name is that of a toy manifold. */
export function isToyManifoldId(id: string): id is ToyManifoldId {
  return Object.hasOwn(toyManifolds, id)
}
