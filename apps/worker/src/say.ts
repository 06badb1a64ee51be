/** Writes a line to the run's log. */
export function say(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`)
}

/** Writes a line to the run's log that whoever looks there should not miss. */
export function warn(line: string): void {
  say(`WARNING ${line}`)
}

/** Writes what was thrown to the run's log, and from where. */
export function sayFailure(error: unknown): void {
  console.error(`${new Date().toISOString()} ERROR ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}
