export interface TurnsOfParts {
  /** Does a part when it is its turn. */
  readonly turn: <Result>(part: () => Promise<Result>) => Promise<Result>
  /** Nothing more is made once it is aborted. */
  readonly signal: AbortSignal
}

/** Makes each part of something long in a turn of its own, when whoever takes them is ready for it. Throws the signal's reason. */
export async function* inTurns<Part>(parts: AsyncGenerator<Part, void>, { turn, signal }: TurnsOfParts): AsyncGenerator<Part, void> {
  try {
    for (;;) {
      signal.throwIfAborted()
      const next = await turn(() => parts.next())
      if (next.done) return
      yield next.value
    }
  } finally {
    await parts.return()
  }
}
