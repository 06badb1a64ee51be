/** For so long statements may follow each other in one turn of the event loop, in milliseconds. */
const SLICE = 10

/** When the first statement of this turn began; undefined before it. */
let began: number | undefined
/** Statements that wait for a turn, in the order in which they came. */
const waiting: (() => void)[] = []

/**
 * Awaited before each statement that reads, and before each piece of what is made of many rows, lets everything else in the process have its turn where that has gone
 * on for long: SQLite answers at once, so a chain of thousands would otherwise end before anybody else is heard. Chains that wait go on in turn. What writes does
 * not wait: a transaction that is taken back must leave no statement behind that waits still.
 */
export async function giveTurn(): Promise<void> {
  if (began === undefined) beginTurn()
  else if (waiting.length > 0 || performance.now() - began > SLICE) await new Promise<void>((resolve) => waiting.push(resolve))
}

function beginTurn(): number {
  began = performance.now()
  setImmediate(endTurn)
  return began
}

async function endTurn(): Promise<void> {
  began = undefined
  if (waiting.length === 0) return
  const start = beginTurn()
  while (waiting.length > 0 && performance.now() - start <= SLICE) {
    waiting.shift()?.()
    // The statement is executed some promises later: one or two more begin before its time is counted.
    await Promise.resolve()
  }
}
