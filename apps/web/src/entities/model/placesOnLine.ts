/** Chooses at most so many ascending codes, by their ranks: all, or those nearest to places that are spread evenly over their range. */
export function chooseRanks(codes: ArrayLike<number>, wanted: number): readonly number[] {
  if (codes.length <= wanted) return Array.from(codes, (_, rank) => rank)
  const [least = 0, most = 0] = [codes[0], codes[codes.length - 1]]
  const nearest = Array.from({ length: wanted }, (_, index) => {
    const place = least + (wanted === 1 ? 0.5 : index / (wanted - 1)) * (most - least)
    const [left, right] = neighboursOf(codes, place)
    return place - (codes[left] ?? 0) < (codes[right] ?? 0) - place ? left : right
  })
  return [...new Set(nearest)]
}

/** Moves ascending places as little apart as it takes to have them `gap` apart between 0 and `end`, as far as there is room. */
export function spreadWithin(places: readonly number[], gap: number, end: number): readonly number[] {
  const room = places.length > 1 ? Math.min(gap, end / (places.length - 1)) : 0
  // Groups of places that touch stand around the mean of where their members want to be.
  const groups: { sum: number; count: number; first: number }[] = []
  const begin = ({ sum, count }: { sum: number; count: number }) =>
    Math.min(end - room * (count - 1), Math.max(0, sum / count - (room * (count - 1)) / 2))
  for (const [first, place] of places.entries()) {
    let group = { sum: place, count: 1, first }
    let before = groups.at(-1)
    while (before && begin(before) + room * before.count > begin(group) + 1e-9) {
      groups.pop()
      group = { sum: before.sum + group.sum, count: before.count + group.count, first: before.first }
      before = groups.at(-1)
    }
    groups.push(group)
  }
  return groups.flatMap((group) => Array.from({ length: group.count }, (_, index) => begin(group) + room * index))
}

/** Finds the ranks of the two ascending codes that a place lies between; at the ends the outer two, and of a single code itself twice. */
export function neighboursOf(codes: ArrayLike<number>, place: number): readonly [left: number, right: number] {
  const last = codes.length - 1
  const rank = Array.from(codes).findIndex((code) => code > place)
  const right = rank < 0 ? last : Math.min(last, Math.max(1, rank))
  return [Math.max(0, right - 1), right]
}
