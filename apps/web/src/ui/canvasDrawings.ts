/** Draws what a canvas shows as lines and text, in CSS pixels from its upper left corner; null where that is too much for a drawing. */
export type CanvasDrawing = () => SVGElement | null

const drawings = new WeakMap<HTMLCanvasElement, CanvasDrawing>()

/** Says how what a canvas shows is drawn as lines and text; returns how to forget that. */
export function keepDrawing(canvas: HTMLCanvasElement, draw: CanvasDrawing): () => void {
  drawings.set(canvas, draw)
  return () => drawings.delete(canvas)
}

/** Draws a canvas as lines and text; null where nobody knows how. */
export function drawCanvas(canvas: HTMLCanvasElement): SVGElement | null {
  return drawings.get(canvas)?.() ?? null
}
