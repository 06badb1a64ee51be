/** Images along a side of the grid. */
export const gridSides = [8, 12, 20, 30] as const

export interface GridChoice {
  /** Names of axes, `z3` or `p1`; null takes the usual ones. */
  readonly across: string | null
  readonly up: string | null
  readonly side: number
}

const USUAL_GRID: GridChoice = { across: null, up: null, side: 12 }

/** Writes what {@link readGrid} reads, `p1-z3-20`; null for the usual grid. */
export function writeGrid({ across, up, side }: GridChoice): string | null {
  return across === null && up === null && side === USUAL_GRID.side ? null : [across ?? '', up ?? '', side].join('-')
}

/** Reads the grid of a link; axes that codes of a size do not have, and numbers of images that are not offered, are the usual ones. */
export function readGrid(text: string | null, size: number): GridChoice {
  const [across, up, side] = text?.split('-') ?? []
  const axis = (name: string | undefined) => {
    const [, number] = /^[pz](\d{1,4})$/.exec(name ?? '') ?? []
    return name !== undefined && number !== undefined && Number(number) >= 1 && Number(number) <= size ? name : null
  }
  return { across: axis(across), up: axis(up), side: gridSides.find((one) => one === Number(side)) ?? USUAL_GRID.side }
}
