/** How the map is looked at: a place of the frame, from 0 to 1 across and down, is at `place · side · scale + shift` in pixels of the canvas. */
export interface MapView {
  readonly scale: number
  readonly shiftX: number
  readonly shiftY: number
}

export interface RasterOptions {
  /** Places of points in the frame, from 0 to 1, the latter downwards. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** Of each point its colour, a place of the palette. */
  readonly colours: Uint8Array
  /** Colours as 32-bit pixels; points of a colour that is 0 are not drawn. */
  readonly palette: Uint32Array
  readonly background: number
  /** Width and height of the canvas. */
  readonly width: number
  readonly height: number
  readonly view: MapView
  /** Width of a point in pixels of the canvas. */
  readonly size: number
  /** Points that are drawn last, as they are, while others fade; null where none stands out. */
  readonly chosen: Uint8Array | null
}

const OPAQUE = 0xff000000
/** Clears the lowest bit of each channel, so that half of it does not run into the next. */
const EVEN = 0xfefefe

/** Draws points as half-transparent squares into the pixels of an image, without a graphics card. */
export function rasterPoints(pixels: Uint32Array, options: RasterOptions): void {
  const { x, y, colours, palette, background, width, height, view, size, chosen } = options
  pixels.fill(background)
  const half = size >> 1
  const [scaleX, scaleY] = [width * view.scale, height * view.scale]
  const draw = (index: number, colour: number, isSolid: boolean) => {
    const left = Math.round((x[index] as number) * scaleX + view.shiftX) - half
    const top = Math.round((y[index] as number) * scaleY + view.shiftY) - half
    if (!(left >= 0 && top >= 0 && left + size <= width && top + size <= height)) return
    const mixed = (colour & EVEN) >>> 1
    for (let row = 0, at = top * width + left; row < size; row++, at += width) {
      for (let column = 0; column < size; column++) {
        const under = pixels[at + column] as number
        pixels[at + column] = isSolid ? colour : OPAQUE | (mixed + ((under & EVEN) >>> 1))
      }
    }
  }
  const count = x.length
  for (let index = 0; index < count; index++) {
    const colour = palette[colours[index] as number] as number
    if (colour === 0) continue
    if (chosen === null) draw(index, colour, false)
    else if (chosen[index] === 0) draw(index, fade(colour, background), false)
  }
  if (chosen === null) return
  for (let index = 0; index < count; index++) {
    const colour = palette[colours[index] as number] as number
    if (colour !== 0 && chosen[index] === 1) draw(index, colour, true)
  }
}

/** Mixes a colour with three parts of the background. */
function fade(colour: number, background: number): number {
  const mixed = (shift: number) => (((colour >>> shift) & 255) + 3 * ((background >>> shift) & 255)) >> 2
  return (OPAQUE | (mixed(16) << 16) | (mixed(8) << 8) | mixed(0)) >>> 0
}

/** Writes a colour, `#rrggbb` or `#rgb` as styles are shortened, as a pixel of an image on a machine that stores the lowest byte first. */
export function toPixel(colour: string): number {
  const digits = colour.trim().slice(1)
  const value = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16)
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255]
  return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0
}
