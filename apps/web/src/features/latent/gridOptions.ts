import { GRID_SCALES, type GridWindow, WHOLE } from './gridWindow'

/** Images along a side of the grid. */
export const gridSides = [8, 12, 20, 30] as const

export interface GridChoice {
  /** Names of axes, `z3` or `p1`; null takes the usual ones. */
  readonly across: string | null
  readonly up: string | null
  readonly side: number
  readonly window: GridWindow
}

const USUAL_GRID: GridChoice = { across: null, up: null, side: 12, window: WHOLE }

/** Writes what {@link readGrid} reads, `p1-z3-20`, with the window behind it where that is not the whole, `p1-z3-20-0.25_0.5_4`; null for the usual grid. */
export function writeGrid({ across, up, side, window }: GridChoice): string | null {
  const part = writeWindow(window)
  if (across === null && up === null && side === USUAL_GRID.side && part === null) return null
  return [across ?? '', up ?? '', side, ...(part === null ? [] : [part])].join('-')
}

function writeWindow({ left, bottom, scale }: GridWindow): string | null {
  const parts = [left, bottom, scale].map((value) => Number(value.toFixed(5)))
  // A dash is between the parts of a grid.
  return parts.join() === '0,0,1' ? null : parts.join('_').replaceAll('-', 'n')
}

function readWindow(text: string | undefined): GridWindow {
  const numbers = /^(n?\d+(?:\.\d+)?)_(n?\d+(?:\.\d+)?)_(\d+(?:\.\d+)?)$/.exec(text ?? '')?.slice(1)
  const [left, bottom, scale] = (numbers ?? []).map((word) => Number(word.replace('n', '-')))
  const isFine = left !== undefined && bottom !== undefined && scale !== undefined && Math.max(Math.abs(left), Math.abs(bottom)) < MOST_AWAY
  return isFine && scale >= GRID_SCALES[0] && scale <= GRID_SCALES[1] ? { left, bottom, scale } : WHOLE
}

/** A window is no farther from the ranges than so many of them. */
const MOST_AWAY = 100

/** Reads the grid of a link; axes that codes of a size do not have, and numbers of images that are not offered, are the usual ones. */
export function readGrid(text: string | null, size: number): GridChoice {
  const [across, up, side, part] = text?.split('-') ?? []
  const axis = (name: string | undefined) => {
    const [, number] = /^[pz](\d{1,4})$/.exec(name ?? '') ?? []
    return name !== undefined && number !== undefined && Number(number) >= 1 && Number(number) <= size ? name : null
  }
  return {
    across: axis(across),
    up: axis(up),
    side: gridSides.find((one) => one === Number(side)) ?? USUAL_GRID.side,
    window: readWindow(part),
  }
}
