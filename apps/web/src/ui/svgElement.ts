const NAMESPACE = 'http://www.w3.org/2000/svg'

export type SvgAttributes = Readonly<Record<string, string | number | undefined>>

/** Makes an element of a drawing; numbers are written with two decimals, attributes that are undefined are left out. */
export function svgElement(name: string, attributes: SvgAttributes = {}, children: readonly (Node | string)[] = []): SVGElement {
  const element = document.createElementNS(NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, typeof value === 'number' ? String(Number(value.toFixed(2))) : value)
  }
  element.append(...children)
  return element
}

let pixel: CanvasRenderingContext2D | null = null

/** A colour that every reader of SVG knows, and how opaque it is. */
export interface PlainColour {
  readonly colour: string
  /** 0 to 1. */
  readonly opacity: number
}

/** Writes any colour of CSS, a custom property of the page too, as `rgb(…)`: browsers know more ways to name one than other programs do. */
export function plainColour(colour: string, style: CSSStyleDeclaration): PlainColour {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1]
  pixel ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!pixel) throw new Error('The browser gave no canvas to read a colour with.')
  pixel.clearRect(0, 0, 1, 1)
  pixel.fillStyle = name ? style.getPropertyValue(name).trim() : colour
  pixel.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha = 255] = pixel.getImageData(0, 0, 1, 1).data
  return { colour: `rgb(${red}, ${green}, ${blue})`, opacity: alpha / 255 }
}

/** Fills with a colour. */
export function filledWith({ colour, opacity }: PlainColour): SvgAttributes {
  return { fill: colour, 'fill-opacity': opacity < 1 ? opacity : undefined }
}

/** Strokes with a colour. */
export function strokedWith({ colour, opacity }: PlainColour): SvgAttributes {
  return { stroke: colour, 'stroke-opacity': opacity < 1 ? opacity : undefined, fill: 'none' }
}
