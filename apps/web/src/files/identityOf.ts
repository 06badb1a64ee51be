const known = new WeakMap<object, number>()
let count = 0

/** Numbers objects, each with a number of its own for as long as it is there: a key for what is made of values that have no address. */
export function identityOf(value: object): number {
  const number = known.get(value) ?? ++count
  known.set(value, number)
  return number
}
