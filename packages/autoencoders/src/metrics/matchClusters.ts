/**
 * Matches clusters to classes one to one, so that as many examples as possible are in the cluster of their class: the assignment problem, solved exactly over
 * the subsets of classes, of which there may be up to 16. `counts` has a row of classes for each cluster; the answer has the class of each cluster, null
 * where there are more clusters than classes.
 */
export function matchClusters(counts: readonly (readonly number[])[]): (number | null)[] {
  const classes = Math.max(0, ...counts.map((row) => row.length))
  if (classes > MOST_CLASSES) throw new RangeError(`classes: expected at most ${MOST_CLASSES} to match clusters to, got ${classes}`)
  const subsets = 2 ** classes
  // Most examples that the clusters so far have in classes of a subset, and which class the last of them took: −1 for none.
  let best = new Float64Array(subsets).fill(Number.NEGATIVE_INFINITY)
  best[0] = 0
  const taken: Int8Array[] = []
  for (const row of counts) {
    const next = best.slice()
    const chosen = new Int8Array(subsets).fill(-1)
    for (let subset = 0; subset < subsets; subset++) {
      for (const [label, count] of row.entries()) {
        if ((subset & (1 << label)) === 0) continue
        const matched = (best[subset ^ (1 << label)] as number) + count
        if (matched <= (next[subset] as number)) continue
        next[subset] = matched
        chosen[subset] = label
      }
    }
    best = next
    taken.push(chosen)
  }
  // Of subsets that match as many the fullest, so that no cluster goes without a class that is left.
  let subset = 0
  for (let other = 1; other < subsets; other++) {
    const [more, most] = [best[other] as number, best[subset] as number]
    if (more > most || (more === most && sizeOf(other) > sizeOf(subset))) subset = other
  }
  const classOf: (number | null)[] = []
  for (const chosen of taken.toReversed()) {
    const label = chosen[subset] as number
    classOf.push(label < 0 ? null : label)
    if (label >= 0) subset ^= 1 << label
  }
  return classOf.toReversed()
}

const MOST_CLASSES = 16

function sizeOf(subset: number): number {
  return subset === 0 ? 0 : (subset & 1) + sizeOf(subset >> 1)
}
