/** Share by which a bound must be clear of a distance: more than the rounding of all that it was made of. */
const CLEAR = 1 + 1e-9

/**
 * Knows how far points are from centres at least, while these move: what k-means need not compute. Source: Elkan 2003, Using the triangle inequality to
 * accelerate k-means.
 */
export class DistanceBounds {
  /** [points][centres]; nothing is known at first. */
  readonly #least: Float64Array

  constructor(
    points: number,
    private readonly centres: number,
  ) {
    this.#least = new Float64Array(points * centres)
  }

  /** Tells whether a centre is certainly further from a point than a squared distance says. */
  isBeyond(point: number, centre: number, squaredDistance: number): boolean {
    const least = this.#least[point * this.centres + centre] as number
    return least > 0 && least * least > squaredDistance * CLEAR
  }

  /** Remembers the squared distance between a point and a centre. */
  set(point: number, centre: number, squaredDistance: number): void {
    this.#least[point * this.centres + centre] = Math.sqrt(squaredDistance)
  }

  /** Keeps bounds true after each centre has moved so far. */
  follow(drifts: readonly number[]): void {
    for (let index = 0; index < this.#least.length; index++)
      this.#least[index] = (this.#least[index] as number) - (drifts[index % this.centres] as number)
  }
}
