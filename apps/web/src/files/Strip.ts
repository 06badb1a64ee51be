/** Pictures that one can ask for their size, and draw. */
export type Strip = HTMLImageElement | HTMLCanvasElement

/** Tells how large a strip is, in its own pixels. */
export function sizeOfStrip(strip: Strip): { readonly width: number; readonly height: number } {
  return strip instanceof HTMLCanvasElement
    ? { width: strip.width, height: strip.height }
    : { width: strip.naturalWidth, height: strip.naturalHeight }
}
