import { filledWith, plainColour, strokedWith, svgElement } from './svgElement'

const sides = ['Top', 'Right', 'Bottom', 'Left'] as const

/** Draws the background and the borders of an element, as marks and bars are made of; nothing of one that has neither. */
export function drawBox(element: Element, style: CSSStyleDeclaration, frame: DOMRect): readonly SVGElement[] {
  const { left, top, width: shownWidth, height: shownHeight } = element.getBoundingClientRect()
  const turn = angleOf(style.transform)
  // What is turned lies around the middle of what it takes up on the page.
  const own = element instanceof HTMLElement && turn !== 0
  const [width, height] = own ? [element.offsetWidth, element.offsetHeight] : [shownWidth, shownHeight]
  const [x, y] = [left - frame.left + (shownWidth - width) / 2, top - frame.top + (shownHeight - height) / 2]
  const middle = `${(x + width / 2).toFixed(2)} ${(y + height / 2).toFixed(2)}`
  const transform = turn === 0 ? undefined : `rotate(${turn} ${middle})`
  if (element instanceof HTMLElement && element.dataset.mark === 'cross') {
    const d = `M${x} ${y + height / 2}h${width}M${x + width / 2} ${y}v${height}`
    return [svgElement('path', { d, transform, 'stroke-width': 2, ...strokedWith(plainColour(style.color, style)) })]
  }
  const background = plainColour(style.backgroundColor, style)
  const borders = sides.map((side) => ({
    side,
    width: style[`border${side}Style`] === 'none' ? 0 : Number.parseFloat(style[`border${side}Width`]),
    colour: plainColour(style[`border${side}Color`], style),
  }))
  const [first] = borders
  const isFramed =
    first !== undefined && borders.every((border) => border.width === first.width && border.width > 0 && border.colour.opacity > 0)
  const radius = radiusOf(style.borderTopLeftRadius, width)
  const inset = isFramed ? first.width / 2 : 0
  const rectangle = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset, rx: radius || undefined, transform }
  if (isFramed) {
    const fill = background.opacity > 0 ? filledWith(background) : { fill: 'none' }
    return [svgElement('rect', { ...rectangle, 'stroke-width': first.width, ...strokedWith(first.colour), ...fill })]
  }
  return [
    ...(background.opacity > 0 ? [svgElement('rect', { ...rectangle, ...filledWith(background) })] : []),
    ...borders
      .filter((border) => border.width > 0 && border.colour.opacity > 0)
      .map((border) =>
        svgElement('path', {
          d: edgeOf(border.side, { x, y, width, height }),
          transform,
          'stroke-width': border.width,
          ...strokedWith(border.colour),
        }),
      ),
  ]
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function edgeOf(side: (typeof sides)[number], { x, y, width, height }: Box): string {
  if (side === 'Top') return `M${x} ${y}h${width}`
  if (side === 'Bottom') return `M${x} ${y + height}h${width}`
  return side === 'Left' ? `M${x} ${y}v${height}` : `M${x + width} ${y}v${height}`
}

function radiusOf(radius: string, width: number): number {
  const value = Number.parseFloat(radius)
  return radius.endsWith('%') ? (value / 100) * width : value
}

/** Reads by how many degrees something is turned out of its matrix. */
function angleOf(transform: string): number {
  const [, a = '1', b = '0'] = /^matrix\(([^,]+), ([^,]+)/.exec(transform) ?? []
  return (Math.atan2(Number(b), Number(a)) * 180) / Math.PI
}
