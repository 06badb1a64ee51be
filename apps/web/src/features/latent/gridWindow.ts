import type { GridAxis, GridPlane } from './gridAxes'

/** Which part of the ranges of its axes a grid covers. */
export interface GridWindow {
  /** Where it begins, as shares of the ranges. */
  readonly left: number
  readonly bottom: number
  /** How many times it fits into a range. */
  readonly scale: number
}

export const WHOLE: GridWindow = { left: 0, bottom: 0, scale: 1 }

/** How far one looks beyond the ranges, and how near. */
export const GRID_SCALES: [number, number] = [0.25, 64]

/** Cuts a plane to what a window shows. */
export function windowOf({ across, up }: GridPlane, { left, bottom, scale }: GridWindow): GridPlane {
  const cut = (axis: GridAxis, from: number): GridAxis => {
    const { minimum, maximum } = axis.range
    const length = maximum - minimum
    return { ...axis, range: { minimum: minimum + from * length, maximum: minimum + (from + 1 / scale) * length } }
  }
  return { across: cut(across, left), up: up && cut(up, bottom) }
}

/** A movement and an enlargement of what is drawn in a box of `[width, height]` pixels. */
export interface BoxView {
  readonly k: number
  readonly x: number
  readonly y: number
}

/** Reads the window that a view of the whole grid shows. */
export function windowSeen({ k, x, y }: BoxView, [width, height]: readonly [number, number]): GridWindow {
  return { left: -x / (k * width), bottom: 1 - (height - y) / (k * height), scale: k }
}

/** Tells the view of the whole grid that shows a window. */
export function viewOf({ left, bottom, scale }: GridWindow, [width, height]: readonly [number, number]): BoxView {
  return { k: scale, x: -left * scale * width, y: height - (1 - bottom) * scale * height }
}

/** Where what was drawn for one window lies in another: its left and upper edge as shares of the sides, and how much larger it is. */
export function placeOfDrawn(drawn: GridWindow, now: GridWindow): { readonly left: number; readonly top: number; readonly scale: number } {
  const top = ({ bottom, scale }: GridWindow) => 1 - bottom - 1 / scale
  return { left: (drawn.left - now.left) * now.scale, top: (top(drawn) - top(now)) * now.scale, scale: now.scale / drawn.scale }
}

export function isSameWindow(a: GridWindow, b: GridWindow): boolean {
  const near = (one: number, other: number) => Math.abs(one - other) < 1e-6
  return near(a.left, b.left) && near(a.bottom, b.bottom) && near(a.scale, b.scale)
}
