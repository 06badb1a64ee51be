import type { RefObject } from 'react'
import type { TakenFigure } from '../../ui/takeFigure'
import { dateText, escapeHtml, writePage } from '../../ui/writePage'
import type { LiveHandle } from './LiveFigure'
import { readFigureCsv } from './readFigureCsv'
import { inlineFile, readFile } from './readFile'
import { renderText } from './renderText'
import type { Report, ReportFigure } from './useReport'

/** How long live figures may take to be drawn, in milliseconds; those that are not by then are as they were kept. */
const PATIENCE = 30_000
const PAUSE = 100

export interface ExportedReport {
  readonly report: Report
  /** Of the lab. */
  readonly version: string
  readonly handles: RefObject<ReadonlyMap<string, LiveHandle>>
}

/**
 * Writes a report as one file that needs nothing beside it: texts as static HTML, figures and their numbers inside of it, live figures as they are now. No
 * script runs in it, and nothing is loaded from anywhere.
 */
export async function exportReport({ report, version, handles }: ExportedReport): Promise<string> {
  const live = report.blocks.filter(({ figure }) => figure?.isLive).map(({ id }) => id)
  await untilDrawn(live, handles)
  const parts: string[] = []
  for (const { id, text, figure } of report.blocks) {
    if (figure) parts.push(await writeFigure(figure, handles.current.get(id)?.take ?? null))
    else parts.push(`<div class="text">${await renderText(text ?? '')}</div>`)
  }
  return writePage({
    title: report.name,
    about: `Report ${report.number}, written ${dateText(new Date())} by Hourglass ${version}; last changed ${dateText(new Date(report.updatedAt))}.`,
    body: parts.join('\n'),
  })
}

async function untilDrawn(live: readonly string[], handles: ExportedReport['handles']): Promise<void> {
  const isReady = (id: string) => {
    const handle = handles.current.get(id)
    return handle !== undefined && (handle.take !== null || handle.isMissing)
  }
  const end = Date.now() + PATIENCE
  while (!live.every(isReady) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, PAUSE))
}

async function writeFigure(figure: ReportFigure, take: (() => Promise<TakenFigure>) | null): Promise<string> {
  const { title, caption, alternative, path, takenAt } = figure
  const now = figure.isLive && take ? await take() : null
  const image = now
    ? now.image && `data:image/png;base64,${now.image}`
    : figure.imageUrl && (await inlineFile(figure.imageUrl, 'image/png'))
  const csv = now ? now.table : figure.tableUrl && (await readFile(figure.tableUrl)).text()
  const numbers = await csv
  const drawn = dateText(now ? new Date() : new Date(takenAt))
  const shown = image
    ? `<img src="${image}" alt="${escapeHtml(alternative || title)}">`
    : numbers
      ? writeTable(numbers)
      : '<p class="about">What was kept of this figure is lost.</p>'
  const file = fileName(title)
  const link = numbers
    ? ` <a download="${file}.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(numbers)}">Numbers (CSV)</a>`
    : ''
  return `<figure>
<h2>${escapeHtml(title)}</h2>
${shown}
<figcaption>${caption === '' ? '' : `<p>${escapeHtml(caption).replaceAll('\n', '<br>')}</p>`}
<p class="about">Drawn ${drawn} of <code>${escapeHtml(path)}</code>.${link}</p></figcaption>
</figure>`
}

function writeTable(csv: string): string {
  const { columns, rows } = readFigureCsv(csv)
  const cells = (row: readonly string[], name: 'th' | 'td') => row.map((cell) => `<${name}>${escapeHtml(cell)}</${name}>`).join('')
  return `<div class="wide"><table><thead><tr>${cells(columns, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>`
}

const fileName = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80) || 'figure'
