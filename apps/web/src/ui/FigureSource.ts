import type { RunConfig } from '@hourglass/autoencoders'

/** One run that a figure was drawn of. */
export interface FigureRun {
  readonly number: number
  readonly name: string
  /** Data set, architecture and loss in a few words. */
  readonly summary: string
  readonly config: RunConfig
}

/** What a figure that leaves the lab says of itself. */
export interface FigureSource {
  /** What it shows, for example `Losses of #3 Deep autoencoder`. */
  readonly title: string
  /** Path of its page. */
  readonly path: string
  readonly runs: readonly FigureRun[]
  /** What its runs say to what was expected of them, a sentence each. */
  readonly findings?: readonly string[]
}

/** Rows of numbers under their names. */
export interface FigureTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}

/** Names a file after what it shows: `losses-of-3-deep-autoencoder.png`. */
export function figureFileName({ title }: FigureSource, extension: string): string {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `${name.slice(0, 80) || 'figure'}.${extension}`
}
