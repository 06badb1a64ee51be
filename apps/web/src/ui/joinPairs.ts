/** Joins each point of one list to that of the other in the same place, interleaved x and y, as links: from, to, from, to… */
export function joinPairs(from: Float32Array, to: Float32Array, count: number): Float32Array {
  const joined = new Float32Array(count * 4)
  for (let at = 0; at < count; at++) {
    joined.set(from.subarray(at * 2, at * 2 + 2), at * 4)
    joined.set(to.subarray(at * 2, at * 2 + 2), at * 4 + 2)
  }
  return joined
}
