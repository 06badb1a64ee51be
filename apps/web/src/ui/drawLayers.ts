import type { ScatterLayer } from './paintLayers'
import { type Extent, toUnit } from './plotExtent'
import { filledWith, plainColour, strokedWith, svgElement } from './svgElement'

/** More points than these make a file that no program opens with ease. */
const MOST_POINTS = 5_000

interface DrawnLayers {
  readonly layers: readonly ScatterLayer[]
  readonly x: Extent
  readonly y: Extent
}

/** Draws layers over one another in the size of the canvas that shows them; null where they have too many points. */
export function drawLayers(canvas: HTMLCanvasElement, { layers, x, y }: DrawnLayers): SVGElement | null {
  const count = layers.reduce((sum, { points }) => sum + points.length / 2, 0)
  if (count > MOST_POINTS) return null
  const { clientWidth: width, clientHeight: height } = canvas
  const style = getComputedStyle(canvas)
  const resolve = (colour: string) => plainColour(colour.startsWith('--') ? `var(${colour})` : colour, style)
  const id = `plane-${crypto.randomUUID()}`
  const drawn = layers.map(({ kind, points, colour, size, opacity = 1 }) => {
    const places = Array.from({ length: Math.floor(points.length / 2) }, (_, index) => ({
      x: toUnit(points[index * 2] ?? 0, x) * width,
      y: (1 - toUnit(points[index * 2 + 1] ?? 0, y)) * height,
    })).map((place, index) => ({ ...place, index }))
    const group = { opacity: opacity < 1 ? opacity : undefined }
    if (kind === 'dots') {
      const dots = places.map(({ index, ...at }) =>
        svgElement('circle', { cx: at.x, cy: at.y, r: size, ...filledWith(resolve(typeof colour === 'string' ? colour : colour(index))) }),
      )
      return svgElement('g', group, dots)
    }
    const d = places
      .map(({ index, ...at }) => `${(kind === 'links' ? index % 2 === 0 : index === 0) ? 'M' : 'L'}${at.x.toFixed(2)} ${at.y.toFixed(2)}`)
      .join('')
    const stroke = strokedWith(resolve(typeof colour === 'string' ? colour : colour(0)))
    return svgElement('path', { ...group, d, 'stroke-width': size, 'stroke-linejoin': 'round', ...stroke })
  })
  const clip = svgElement('clipPath', { id }, [svgElement('rect', { width, height })])
  return svgElement('g', {}, [clip, svgElement('g', { 'clip-path': `url(#${id})` }, drawn)])
}
