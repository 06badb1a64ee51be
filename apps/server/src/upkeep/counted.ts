/** Writes how many there are of what is called so, one or several: `1 run`, `2,000 runs`. */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`
}
