/** For so long statements may follow each other in one turn of the event loop, in milliseconds. */
const SLICE = 10

/** When the first statement of this turn began; undefined before it. */
let began: number | undefined
/** Statements that wait for a turn, in the order in which they came. */
const waiting: (() => void)[] = []

/**
 * Awaited before each statement, lets everything else in the process have its turn where statements have gone on for long: SQLite answers at once, so a chain of
 * thousands would otherwise end before anybody else is heard. Where several chains wait they go on in turn, a statement each.
 */
export async function giveTurn(): Promise<void> {
  if (began === undefined) beginTurn()
  else if (waiting.length > 0 || performance.now() - began > SLICE) await new Promise<void>((resolve) => waiting.push(resolve))
}

function beginTurn(): void {
  began = performance.now()
  setImmediate(endTurn)
}

function endTurn(): void {
  began = undefined
  const next = waiting.shift()
  if (!next) return
  beginTurn()
  next()
}
