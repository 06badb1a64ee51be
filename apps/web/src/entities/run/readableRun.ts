interface Sent {
  readonly config: unknown
  readonly dataset: unknown
}

/** A run whose configuration this version can read, on data that this lab knows. */
export type Readable<Run extends Sent> = Run & {
  readonly config: NonNullable<Run['config']>
  readonly dataset: NonNullable<Run['dataset']>
}

/** Tells whether a run can be drawn and computed with: not one that was trained elsewhere, nor one of a version that cannot be read here. */
export function isReadable<Run extends Sent>(run: Run): run is Readable<Run> {
  return run.config !== null && run.dataset !== null
}
