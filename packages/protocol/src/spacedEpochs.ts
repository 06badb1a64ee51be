/**
 * Spaces epochs from 1 to the last one logarithmically: where a model learns fastest they lie closest. Gives as many as asked for, or all where there are
 * no more; among the first they follow each other without gaps, since there are no more of these.
 */
export function spacedEpochs(last: number, count: number): readonly number[] {
  const epochs: number[] = []
  for (let left = Math.min(count, last); left > 0; left--) {
    const previous = epochs.at(-1)
    if (previous === undefined) epochs.push(left === 1 ? last : 1)
    // The ratio of what is left, anew each time: rounding up at the beginning must not push the others beyond the end.
    else epochs.push(Math.max(previous + 1, Math.round(previous * (last / previous) ** (1 / left))))
  }
  return epochs
}
