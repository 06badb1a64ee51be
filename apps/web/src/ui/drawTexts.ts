import { filledWith, plainColour, svgElement } from './svgElement'

/** How far the line that letters stand on lies below the middle of their line, as a share of their size. */
const BASELINE = 0.35

/** Draws the text that stands in an element itself, line by line as the page breaks it. */
export function drawTexts(element: Element, style: CSSStyleDeclaration, frame: DOMRect): readonly SVGElement[] {
  return [...element.childNodes].flatMap((node) => {
    if (!(node instanceof Text) || node.data.trim() === '') return []
    const size = Number.parseFloat(style.fontSize)
    const ink = filledWith(plainColour(style.color, style))
    return linesOf(node).map(({ text, left, middle }) => {
      const place = { x: left - frame.left, y: middle - frame.top + BASELINE * size }
      const weight = style.fontWeight === '400' ? undefined : style.fontWeight
      return svgElement('text', { ...place, 'font-size': size, 'font-weight': weight, ...ink }, [text])
    })
  })
}

interface TextLine {
  readonly text: string
  readonly left: number
  /** Half its height. */
  readonly middle: number
}

/** Finds the words of a text that stand on one line. */
function linesOf(node: Text): readonly TextLine[] {
  const lines: TextLine[] = []
  const range = document.createRange()
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index)
    range.setEnd(node, index + word.length)
    const { left, top, height, width } = range.getBoundingClientRect()
    if (width === 0) continue
    const middle = top + height / 2
    const last = lines.at(-1)
    if (last && Math.abs(last.middle - middle) < height / 2) lines[lines.length - 1] = { ...last, text: `${last.text} ${word}` }
    else lines.push({ text: word, left, middle })
  }
  return lines
}
