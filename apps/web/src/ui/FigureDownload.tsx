'use client'

import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload, IconFilePlus, IconPhoto, IconTable, IconVector } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { useFigureKeeper } from './FigureKeeper'
import { type FigureSource, type FigureTable, figureFileName } from './FigureSource'
import { usePageActions } from './pageActions'
import { renderDrawing } from './renderDrawing'
import { renderFigure } from './renderFigure'
import { saveFile } from './saveFile'
import { useWantedFigure } from './WantedFigure'
import { writeFigureCsv } from './writeFigureCsv'

export interface FigureDownloadProps {
  /** What the figure is called here, for example `losses`. */
  readonly what: string
  readonly source: FigureSource
  /** The element that shows the figure. */
  readonly figure: RefObject<HTMLElement | null>
  /** Whether the figure begins with a drawing, which is taken away by itself; others that are of lines and text alone are found to be so. @default false */
  readonly isDrawing?: boolean
  /** Whether it is a table, of which no image is taken. @default false */
  readonly isTable?: boolean
  /** Whether what it shows is still being read: it is offered once it is whole. @default false */
  readonly isReading?: boolean
  /** Whether the command palette offers it too: where a page is of it, not of many. @default false */
  readonly isOffered?: boolean
  /** Gathers the figure's numbers; asked only when they are wanted. */
  readonly table: () => FigureTable | Promise<FigureTable>
}

/** Offers a figure as an image and its numbers as a table, each with the configuration that made it, and to put it into a report. */
export function FigureDownload({
  what,
  source,
  figure,
  table,
  isDrawing = false,
  isTable = false,
  isReading = false,
  isOffered = false,
}: FigureDownloadProps) {
  const [busy, setBusy] = useState(false)
  const [canDraw, setCanDraw] = useState(false)
  const keep = useFigureKeeper()
  const wanted = useWantedFigure()
  const isWanted = wanted?.what === what
  useEffect(() => {
    if (isWanted) wanted?.onShown({ what, source, figure, table, isTable, isReading })
  })
  useEffect(() => {
    if (!isWanted) return
    return () => wanted?.onShown(null)
  }, [isWanted, wanted])
  // What a figure shows may change until somebody wants it.
  const look = async () => {
    if (isTable || isDrawing) return
    const { isDrawable } = await import('./drawFigure')
    setCanDraw(figure.current !== null && isDrawable(figure.current))
  }
  const save = async (failure: string, make: () => Promise<void>) => {
    setBusy(true)
    try {
      await make()
    } catch (cause) {
      notifications.show({ title: failure, message: cause instanceof Error ? cause.message : String(cause), color: 'red' })
    } finally {
      setBusy(false)
    }
  }
  const saveImage = () =>
    save('The image could not be drawn', async () => {
      if (figure.current) saveFile(figureFileName(source, 'png'), await renderFigure(figure.current, source), 'image/png')
    })
  const saveDrawing = () =>
    save('The drawing could not be written', async () => {
      if (!figure.current) return
      const { drawFigure } = await import('./drawFigure')
      const drawing = isDrawing ? renderDrawing(figure.current, source) : drawFigure(figure.current, source)
      saveFile(figureFileName(source, 'svg'), drawing, 'image/svg+xml')
    })
  const saveTable = () =>
    save('The table could not be written', async () =>
      saveFile(figureFileName(source, 'csv'), writeFigureCsv(source, await table()), 'text/csv;charset=utf-8'),
    )
  const addToReport = () => keep?.({ what, source, figure, table, isTable, isReading })
  usePageActions(
    isOffered && !isReading
      ? [
          ...(isTable ? [] : [{ id: `${what}.png`, label: `Download the ${what} as an image (PNG)`, run: () => void saveImage() }]),
          { id: `${what}.csv`, label: `Download the numbers of the ${what} (CSV)`, run: () => void saveTable() },
          ...(keep ? [{ id: `${what}.report`, label: `Add the ${what} to a report`, run: () => addToReport() }] : []),
        ]
      : [],
  )
  if (wanted) return null
  return (
    <Menu position="bottom-end" shadow="sm" width={190} onOpen={() => void look()}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          loading={busy}
          disabled={isReading}
          aria-label={`Download ${what}`}
          title="Download"
        >
          <IconDownload size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isTable && (
          <Menu.Item leftSection={<IconPhoto size={14} />} onClick={() => void saveImage()}>
            Image (PNG)
          </Menu.Item>
        )}
        {(isDrawing || canDraw) && (
          <Menu.Item leftSection={<IconVector size={14} />} onClick={() => void saveDrawing()}>
            Drawing (SVG)
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTable size={14} />} onClick={() => void saveTable()}>
          Numbers (CSV)
        </Menu.Item>
        {keep && (
          <Menu.Item leftSection={<IconFilePlus size={14} />} onClick={addToReport}>
            Add to a report…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
