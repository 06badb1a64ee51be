/** Half the angle between the barbs of an arrow, in radians. */
const BARB_ANGLE = 0.45

interface AxisArrowsOptions {
  /** Where all begin, `[2]`. */
  readonly mean: ArrayLike<number>
  /** Of an arrow’s barbs, in the units of the plane. */
  readonly barb: number
}

/** Lays an arrow from the mean along each axis `[2]`, as long as it is: pairs of ends, a shaft and two barbs each, interleaved x and y. */
export function axisArrows(axes: readonly ArrayLike<number>[], { mean, barb }: AxisArrowsOptions): Float32Array {
  const { 0: x = 0, 1: y = 0 } = mean
  const links = axes.flatMap(({ 0: dx = 0, 1: dy = 0 }) => {
    const [tipX, tipY] = [x + dx, y + dy]
    const angle = Math.atan2(dy, dx)
    const barbs = [BARB_ANGLE, -BARB_ANGLE].flatMap((turn) => [
      tipX,
      tipY,
      tipX - barb * Math.cos(angle + turn),
      tipY - barb * Math.sin(angle + turn),
    ])
    return [x, y, tipX, tipY, ...barbs]
  })
  return Float32Array.from(links)
}
