'use client'
import { useState } from 'react'
import { Guarded } from '../../ui/Guarded'
import { useTextDraft } from '../../ui/useTextDraft'
import { BlockTools, type Direction } from './BlockTools'
import { nameOfBlock } from './blockNames'
import type { DrawPage } from './DrawPage'
import { FigureBlock } from './FigureBlock'
import type { LiveHandle } from './LiveFigure'
import classes from './ReportSection.module.css'
import { TextBlock } from './TextBlock'
import type { ReportBlock } from './useReport'

interface ReportSectionProps {
  readonly reportId: string
  readonly block: ReportBlock
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly drawPage: DrawPage
  /** Whether live figures are drawn wherever they are. */
  readonly isAsked: boolean
  readonly onHandle: (block: string, handle: LiveHandle | null) => void
  readonly onMove: (direction: Direction) => void
  readonly onAddText: () => void
  readonly onRemove: () => void
  /** Reads the report again. */
  readonly onStale: () => void
}

/** Shows one block of a report under what can be done with it. */
export function ReportSection(props: ReportSectionProps) {
  const { reportId, block, isFirst, isLast, drawPage, isAsked, onHandle, onMove, onAddText, onRemove, onStale } = props
  const { id, text, figure } = block
  const [draft, setDraft] = useTextDraft(`report-${reportId}-${id}`)
  const [isEdited, setEdited] = useState(false)
  const name = nameOfBlock(block)
  const edit = () => {
    if (figure) setEdited(true)
    else if (draft === null) setDraft({ text: text ?? '', before: text ?? '' })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is a group of what can be done with the block, and no set of fields.
    <div className={classes.root} role="group" aria-label={name} data-block={id} data-testid={figure ? 'report-figure' : 'report-text'}>
      <div className={classes.head}>
        {figure ? <h2 className={classes.title}>{figure.title}</h2> : <span />}
        <BlockTools {...{ name, isFirst, isLast, onMove, onAddText, onRemove }} onEdit={edit} />
      </div>
      <Guarded what={`“${name}”`} shown={figure ? `${figure.path} ${figure.isLive}` : text}>
        {figure ? (
          <FigureBlock
            reportId={reportId}
            block={id}
            figure={figure}
            drawPage={drawPage}
            isAsked={isAsked}
            isEdited={isEdited}
            onClose={() => setEdited(false)}
            onHandle={onHandle}
          />
        ) : (
          <TextBlock reportId={reportId} block={id} text={text ?? ''} draft={draft} onDraft={setDraft} onStale={onStale} />
        )}
      </Guarded>
    </div>
  )
}
