/** For so long pieces may follow each other in one turn of the event loop, in milliseconds. */
const SLICE = 10

/** When the first piece of this turn began; undefined before it. */
let began: number | undefined
/** Pieces that wait for a turn, in the order in which they came. */
const waiting: (() => void)[] = []

/**
 * Awaited between the pieces of work that goes through many rows, lets everything else in the process have its turn where that has gone on for long: SQLite answers
 * at once, so a chain of thousands of statements would otherwise end before anybody else is heard. Works that wait go on in turn. Between statements that have to
 * tell of the same moment it has no place.
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
    // A piece is done some promises later: one or two more begin before its time is counted.
    await Promise.resolve()
  }
}
