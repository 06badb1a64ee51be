import type { GreyImage } from '@hourglass/autoencoders/latent'

/** Pixels of a sheet, each way. */
export const SHEET_SIDE = 280
/** About as wide as MNIST’s strokes are once a digit is scaled. */
const PEN = 24

/** A place on a sheet, from its upper left corner. */
export type SheetPoint = readonly [x: number, y: number]

/** A black sheet that is drawn on in white, stroke by stroke. */
export interface Sheet {
  readonly begin: (at: SheetPoint) => void
  /** Draws on to a place. */
  readonly go: (to: SheetPoint) => void
  /** Takes the last stroke back. */
  readonly takeBack: () => void
  readonly clear: () => void
  readonly strokes: () => number
  /** What is drawn, as ink. */
  readonly read: () => GreyImage
}

/** Makes a canvas of 280 × 280 pixels a sheet. */
export function createSheet(canvas: HTMLCanvasElement): Sheet {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('sheet: expected a 2-D canvas, got none from this browser')
  let strokes: SheetPoint[][] = []
  const clean = () => {
    context.fillStyle = '#000'
    context.fillRect(0, 0, SHEET_SIDE, SHEET_SIDE)
  }
  const line = (from: SheetPoint, to: SheetPoint) => {
    Object.assign(context, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round', strokeStyle: '#fff' })
    context.beginPath()
    context.moveTo(...from)
    // A line that ends where it begins is no dot.
    context.lineTo(to[0] + (from[0] === to[0] && from[1] === to[1] ? 0.01 : 0), to[1])
    context.stroke()
  }
  clean()
  return {
    begin(at) {
      strokes.push([at])
      line(at, at)
    },
    go(to) {
      const stroke = strokes.at(-1)
      const from = stroke?.at(-1)
      if (!stroke || !from) return
      stroke.push(to)
      line(from, to)
    },
    takeBack() {
      strokes = strokes.slice(0, -1)
      clean()
      for (const stroke of strokes) for (const [at, to] of stroke.entries()) line(stroke[at - 1] ?? to, to)
    },
    clear() {
      strokes = []
      clean()
    },
    strokes: () => strokes.length,
    read() {
      const { data } = context.getImageData(0, 0, SHEET_SIDE, SHEET_SIDE)
      const values = Float32Array.from({ length: SHEET_SIDE * SHEET_SIDE }, (_, at) => (data[4 * at] as number) / 255)
      return { values, height: SHEET_SIDE, width: SHEET_SIDE }
    },
  }
}
