/** Writes a line to the run's log. */
export function say(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`)
}
