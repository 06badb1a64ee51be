/** A point on the line x + α p: α, f there and its derivative along p. */
export interface LinePoint {
  readonly step: number
  readonly loss: number
  readonly slope: number
}

export interface StepSearchOptions {
  /** f and its derivative at α = 0; the derivative is negative. */
  readonly start: Omit<LinePoint, 'step'>
  /** The α that is tried first. */
  readonly firstStep: number
  /** c₁ of the sufficient decrease, equation 3.7a. @default 1e-4 */
  readonly sufficientDecrease?: number
  /** c₂ of the curvature condition, equation 3.7b. @default 0.9 */
  readonly curvature?: number
  /** How many points may be evaluated. @default 25 */
  readonly maximumEvaluations?: number
}

/** A point that was accepted, with whatever else its evaluation gave; or none. */
export type StepSearchResult<Point extends LinePoint> =
  /** Both strong Wolfe conditions hold. */
  | { readonly outcome: 'strongWolfe'; readonly point: Point; readonly evaluations: number }
  /** The loss fell enough, and no point with a flat enough slope was found within the evaluations. */
  | { readonly outcome: 'sufficientDecrease'; readonly point: Point; readonly evaluations: number }
  /** No point lowers the loss enough: the direction does not descend, or the loss has reached its rounding. */
  | { readonly outcome: 'failed'; readonly evaluations: number }

/** How far a step may grow at once where the loss still falls. */
const GROWTH = { least: 2, most: 10 }
/** Share of the interval that an interpolated step keeps from either end. */
const MARGIN = 1e-3
/** An interval that shrank to no less than this is halved next, since the cubic then only nibbles at one end. */
const SLOW = 0.66

/**
 * Searches a step α that satisfies the strong Wolfe conditions f(α) ≤ f(0) + c₁ α f′(0) and |f′(α)| ≤ c₂ |f′(0)|. A loss that is not finite
 * counts as too high. Source: Nocedal & Wright 2006, algorithms 3.5 and 3.6, with the cubic interpolation of equation 3.59.
 */
export async function searchStep<Point extends LinePoint>(
  evaluate: (step: number) => Promise<Point>,
  options: StepSearchOptions,
): Promise<StepSearchResult<Point>> {
  const { start, firstStep, sufficientDecrease = 1e-4, curvature = 0.9, maximumEvaluations = 25 } = options
  const isTooHigh = ({ step, loss }: LinePoint) => !(loss <= start.loss + sufficientDecrease * step * start.slope)
  const isFlat = ({ slope }: LinePoint) => Math.abs(slope) <= -curvature * start.slope
  let evaluations = 0
  const evaluateNext = (step: number) => {
    evaluations += 1
    return evaluate(step)
  }

  let low: LinePoint | Point = { step: 0, ...start }
  let accepted: Point | undefined
  let high: LinePoint | undefined
  let step = firstStep
  // Algorithm 3.5: grow until an interval surely holds such a step.
  while (high === undefined && evaluations < maximumEvaluations) {
    const point = await evaluateNext(step)
    if (isTooHigh(point) || (accepted !== undefined && point.loss >= accepted.loss)) high = point
    else if (isFlat(point)) return { outcome: 'strongWolfe', point, evaluations }
    else {
      if (point.slope >= 0) high = low
      else step = clamp(minimumOfCubic(low, point), GROWTH.least * step, GROWTH.most * step)
      low = point
      accepted = point
    }
  }
  // Algorithm 3.6: shrink the interval; `low` is its end with the lower loss, and falls into it.
  let lastWidth = Infinity
  while (high !== undefined && evaluations < maximumEvaluations) {
    const width: number = Math.abs(high.step - low.step)
    step = width > SLOW * lastWidth ? (low.step + high.step) / 2 : insideOf(low, high)
    lastWidth = width
    if (step === low.step || step === high.step) break
    const point = await evaluateNext(step)
    if (isTooHigh(point) || point.loss >= low.loss) high = point
    else {
      if (isFlat(point)) return { outcome: 'strongWolfe', point, evaluations }
      if (point.slope * (high.step - low.step) >= 0) high = low
      low = point
      accepted = point
    }
  }
  return accepted ? { outcome: 'sufficientDecrease', point: accepted, evaluations } : { outcome: 'failed', evaluations }
}

/** Chooses a step between two points: where their cubic is lowest, but not next to either, or where it has no minimum the middle. */
function insideOf(a: LinePoint, b: LinePoint): number {
  const [left, right] = a.step < b.step ? [a.step, b.step] : [b.step, a.step]
  const margin = MARGIN * (right - left)
  const cubic = minimumOfCubic(a, b)
  return Number.isFinite(cubic) ? clamp(cubic, left + margin, right - margin) : (left + right) / 2
}

/** Finds the minimum of the cubic through two points and their slopes, equation 3.59; NaN where it has none. */
function minimumOfCubic(a: LinePoint, b: LinePoint): number {
  const first = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.step - b.step)
  const second = Math.sign(b.step - a.step) * Math.sqrt(first * first - a.slope * b.slope)
  return b.step - ((b.step - a.step) * (b.slope + second - first)) / (b.slope - a.slope + 2 * second)
}

/** Keeps a value within bounds; what is no number becomes the lower one. */
function clamp(value: number, least: number, most: number): number {
  return value >= least ? Math.min(value, most) : least
}
