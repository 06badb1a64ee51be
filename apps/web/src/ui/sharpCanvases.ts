/** Paints what a canvas shows anew, so many times as large. */
export type SharpPainter = (magnification: number) => Promise<HTMLCanvasElement>

const painters = new WeakMap<HTMLCanvasElement, SharpPainter>()

/** Says how to paint a canvas larger than the screen needs it; returns how to forget that. */
export function keepSharp(canvas: HTMLCanvasElement, paint: SharpPainter): () => void {
  painters.set(canvas, paint)
  return () => painters.delete(canvas)
}

/** Lays larger paintings over the canvases within an element that have a painter; returns how to take them away again. */
export async function coverWithSharp(element: HTMLElement, magnification: number): Promise<() => void> {
  const known = [...element.querySelectorAll('canvas')].flatMap((canvas) => {
    const paint = painters.get(canvas)
    return paint ? [{ canvas, paint }] : []
  })
  const covered = await Promise.all(known.map(async ({ canvas, paint }) => ({ canvas, cover: await paint(magnification) })))
  for (const { canvas, cover } of covered) {
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = canvas
    Object.assign(cover.style, { position: 'absolute', left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
    canvas.after(cover)
    canvas.style.visibility = 'hidden'
  }
  return () => {
    for (const { canvas, cover } of covered) {
      canvas.style.visibility = ''
      cover.remove()
    }
  }
}
