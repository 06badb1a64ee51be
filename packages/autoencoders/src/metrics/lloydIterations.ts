import { type Points, squaredDistance } from './Points.js'

/**
 * Moves centres [k, width] to a local minimum of the inertia by Lloyd's iterations: each point goes to its nearest centre, each centre to
 * the mean of its points, until no point changes. A distance is computed only where the triangle inequality leaves open which centre is
 * nearest (Elkan 2003), which changes nothing of the outcome. Centres are changed in place; one without points stays where it is.
 */
export function lloydIterations(points: Points, centres: Float64Array, maximumIterations: number) {
  const { width, count } = points
  const k = centres.length / width
  const assigned = new Uint32Array(count)
  const upper = new Float64Array(count).fill(Number.POSITIVE_INFINITY) // to the own centre, at most
  const lower = new Float64Array(count * k) // to each centre, at least
  const halves = new Float64Array(k * k) // half the distance between centres
  const distance = (row: number, centre: number) => Math.sqrt(squaredDistance(points, row, centres, centre * width))

  const assign = (row: number): boolean => {
    let own = assigned[row] as number
    let bound = upper[row] as number
    let isExact = false
    for (let centre = 0; centre < k; centre++) {
      const at = row * k + centre
      if (centre === own || bound <= (lower[at] as number) || bound <= (halves[own * k + centre] as number)) continue
      if (!isExact) {
        bound = distance(row, own)
        lower[row * k + own] = bound
        isExact = true
        if (bound <= (lower[at] as number) || bound <= (halves[own * k + centre] as number)) continue
      }
      const other = distance(row, centre)
      lower[at] = other
      if (other < bound) {
        own = centre
        bound = other
      }
    }
    const isChanged = own !== assigned[row]
    assigned[row] = own
    upper[row] = bound
    return isChanged
  }

  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    measureHalves(centres, halves, width)
    let changed = 0
    for (let row = 0; row < count; row++) if (assign(row)) changed += 1
    if (changed === 0 && iteration > 0) break
    const shifts = moveToMeans(points, assigned, centres)
    for (let row = 0; row < count; row++) {
      upper[row] = (upper[row] as number) + (shifts[assigned[row] as number] as number)
      for (let centre = 0; centre < k; centre++) {
        const at = row * k + centre
        lower[at] = Math.max(0, (lower[at] as number) - (shifts[centre] as number))
      }
    }
  }
  let inertia = 0
  for (let row = 0; row < count; row++) inertia += squaredDistance(points, row, centres, (assigned[row] as number) * width)
  return { assigned, inertia }
}

function measureHalves(centres: Float64Array, halves: Float64Array, width: number): void {
  const k = centres.length / width
  for (let one = 0; one < k; one++) {
    for (let other = 0; other < one; other++) {
      let sum = 0
      for (let index = 0; index < width; index++)
        sum += ((centres[one * width + index] as number) - (centres[other * width + index] as number)) ** 2
      halves[one * k + other] = halves[other * k + one] = Math.sqrt(sum) / 2
    }
  }
}

/** Returns how far each centre went. */
function moveToMeans({ values, width, count }: Points, assigned: Uint32Array, centres: Float64Array): Float64Array {
  const k = centres.length / width
  const sums = new Float64Array(centres.length)
  const members = new Float64Array(k)
  for (let row = 0, at = 0; row < count; row++) {
    const centre = assigned[row] as number
    members[centre] = (members[centre] as number) + 1
    for (let to = centre * width, end = to + width; to < end; to++, at++) sums[to] = (sums[to] as number) + (values[at] as number)
  }
  return new Float64Array(k).map((_, centre) => {
    const size = members[centre] as number
    if (size === 0) return 0
    let shift = 0
    for (let at = centre * width; at < (centre + 1) * width; at++) {
      const mean = (sums[at] as number) / size
      shift += (mean - (centres[at] as number)) ** 2
      centres[at] = mean
    }
    return Math.sqrt(shift)
  })
}
