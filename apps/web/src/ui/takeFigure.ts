import { LEFT_OUT, renderFigure } from './renderFigure'
import type { ShownFigure } from './WantedFigure'
import { writeFigureCsv } from './writeFigureCsv'

/** As the API has them, in bytes. */
const MOST_IMAGE = 2_359_296
const MOST_TABLE = 786_432
/** Device pixels a CSS pixel: what is too large at the first is drawn coarser. */
const SCALES = [2, 1] as const
/** As the API has it, in characters. */
const MOST_DESCRIBED = 2_000

/** What a figure looks like at a moment. */
export interface TakenFigure {
  /** PNG as base64; null of a table. */
  readonly image: string | null
  /** CSV; null where that would be too long. */
  readonly table: string | null
}

/** Draws a figure as it is shown now, and writes its numbers. Throws where the page shows it no more, or it is too large to be kept. */
export async function takeFigure(shown: ShownFigure): Promise<TakenFigure> {
  const table = writeFigureCsv(shown.source, await shown.table())
  const kept = new TextEncoder().encode(table).length <= MOST_TABLE ? table : null
  if (!shown.isTable) return { image: await drawImage(shown), table: kept }
  if (kept === null) throw new Error('The table is too long to be kept in a report. Show fewer runs in it.')
  return { image: null, table: kept }
}

async function drawImage({ figure, source }: ShownFigure): Promise<string> {
  for (const scale of SCALES) {
    if (!figure.current) throw new Error('The page does not show the figure any more.')
    const image = await renderFigure(figure.current, source, scale)
    if (image.length <= MOST_IMAGE) return toBase64(image)
  }
  throw new Error('The image is too large to be kept in a report. Show fewer runs in the figure, or make the window narrower.')
}

/** Says what a figure shows, as it says so itself to those who do not see it. */
export function describeFigure({ figure, source }: Pick<ShownFigure, 'figure' | 'source'>): string {
  const said = [...(figure.current?.querySelectorAll('figcaption, [role="img"][aria-label], svg[aria-label]') ?? [])]
    .filter((element) => !element.closest(LEFT_OUT))
    .map((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim())
  const text = [...new Set(said)].filter((each) => each !== '').join(' ')
  if (text === '') return source.title
  return text.length <= MOST_DESCRIBED ? text : `${text.slice(0, MOST_DESCRIBED - 1)}…`
}

/** Bytes that `String.fromCharCode` takes at once. */
const PORTION = 32_768

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += PORTION) text += String.fromCharCode(...bytes.subarray(at, at + PORTION))
  return btoa(text)
}
