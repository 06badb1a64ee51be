import { type Extent, toUnit } from './plotExtent'

export interface ScatterLayer {
  readonly kind: 'dots' | 'line' | 'links'
  /** Interleaved x and y. A line goes through them in order; links join the 1st to the 2nd, the 3rd to the 4th… */
  readonly points: ArrayLike<number>
  /** One colour, or one for each point. A name that begins with `--` is a custom property of the page. */
  readonly colour: string | ((index: number) => string)
  /** Radius of dots, width of lines, in CSS pixels. */
  readonly size: number
  readonly opacity?: number
}

interface Painting {
  readonly layers: readonly ScatterLayer[]
  readonly x: Extent
  readonly y: Extent
  /** The canvas whose size and style count, where it is not the one that is painted on. */
  readonly like?: HTMLCanvasElement
  /** Pixels of the canvas for each of the page. @default that of the screen */
  readonly density?: number
}

/** Paints layers over one another on a canvas of any size and pixel density. */
export function paintLayers(canvas: HTMLCanvasElement, { layers, x, y, like = canvas, density = window.devicePixelRatio }: Painting): void {
  const { clientWidth: width, clientHeight: height } = like
  canvas.width = Math.round(width * density)
  canvas.height = Math.round(height * density)
  const context = canvas.getContext('2d')
  if (!context || width === 0) return
  context.scale(density, density)
  const style = getComputedStyle(like)
  const resolve = (colour: string) => (colour.startsWith('--') ? style.getPropertyValue(colour) : colour)

  for (const { kind, points, colour, size, opacity = 1 } of layers) {
    const count = Math.floor(points.length / 2)
    const acrossOf = (index: number) => toUnit(points[index * 2] ?? 0, x) * width
    const downOf = (index: number) => (1 - toUnit(points[index * 2 + 1] ?? 0, y)) * height
    context.globalAlpha = opacity
    if (kind === 'line' || kind === 'links') {
      context.strokeStyle = resolve(typeof colour === 'string' ? colour : colour(0))
      context.lineWidth = size
      context.lineJoin = 'round'
      context.beginPath()
      for (let index = 0; index < count; index++) {
        const begins = kind === 'links' ? index % 2 === 0 : index === 0
        if (begins) context.moveTo(acrossOf(index), downOf(index))
        else context.lineTo(acrossOf(index), downOf(index))
      }
      context.stroke()
      continue
    }
    for (let index = 0; index < count; index++) {
      context.fillStyle = resolve(typeof colour === 'string' ? colour : colour(index))
      context.beginPath()
      context.arc(acrossOf(index), downOf(index), size, 0, 2 * Math.PI)
      context.fill()
    }
  }
}
