import type { GreyImage } from './placeImage.js'

export interface InkImage extends GreyImage {
  /** Whether light and dark were swapped, as of black ink on white paper. */
  readonly isInverted: boolean
  /** Whether the paper was uneven, and what hardly differs from it was taken away. */
  readonly isCleaned: boolean
}

/** Paper that differs by more than this from place to place is a photograph’s. */
const EVEN = 0.04
/** Standard deviations of uneven paper that ink has to differ from it by. */
const DEVIATIONS = 3
/** What differs from paper by less than this share of the darkest ink is its shadow. */
const SHADOW = 0.25
/** White on black that is at least this bright is left as it is. */
const BRIGHT = 0.5

/**
 * Reads what is ink on an image of light and dark: its edge is taken for paper. Paper becomes 0 and the strongest ink 1; where paper is light, both are swapped; where it is
 * uneven, as on photographs, what hardly differs from it becomes 0 too. An image that is black at its edge, with something bright on it, stays as it is to the bit.
 */
export function readInk({ values, height, width }: GreyImage): InkImage {
  const edge = Float32Array.from(edgeOf({ values, height, width })).sort()
  const paper = edge[Math.floor(edge.length / 2)] ?? 0
  const isInverted = paper > 0.5
  const spread = Math.sqrt(edge.reduce((sum, value) => sum + (value - paper) ** 2, 0) / Math.max(1, edge.length))
  const isCleaned = spread > EVEN
  const ink = values.map((value) => Math.max(0, isInverted ? paper - value : value - paper))
  const strongest = ink.reduce((most, value) => Math.max(most, value), 0)
  const least = isCleaned ? Math.max(DEVIATIONS * spread, SHADOW * strongest) : 0
  const isWhole = strongest === 0 || (edge.at(-1) === 0 && strongest >= BRIGHT)
  const scaled = isWhole ? ink : ink.map((value) => (value <= least ? 0 : value / strongest))
  return { values: scaled, height, width, isInverted, isCleaned }
}

function* edgeOf({ values, height, width }: GreyImage): Generator<number> {
  for (let row = 0; row < height; row++) {
    const isEnd = row === 0 || row === height - 1
    for (let column = 0; column < width; column += isEnd ? 1 : Math.max(1, width - 1)) yield values[row * width + column] as number
  }
}
