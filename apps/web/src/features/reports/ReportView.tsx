'use client'
import { Button, VisuallyHidden } from '@mantine/core'
import { IconTextPlus } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAction } from '../../data/useAction'
import { arrangeReport, changeReport } from '../../entities/report/reportActions'
import { Age } from '../../ui/Age'
import { EditableName } from '../../ui/EditableName'
import { usePageActions } from '../../ui/pageActions'
import { showUndo } from '../../ui/showUndo'
import { useTextDraft } from '../../ui/useTextDraft'
import type { Direction } from './BlockTools'
import { movedBlock, nameOfBlock } from './blockNames'
import type { DrawPage } from './DrawPage'
import type { LiveHandle } from './LiveFigure'
import { NewText } from './NewText'
import { ReportActions } from './ReportActions'
import { ReportSection } from './ReportSection'
import classes from './ReportView.module.css'
import type { Report, ReportBlock } from './useReport'
import { useVanishedTexts } from './useVanishedTexts'
import { VanishedText } from './VanishedText'

interface ReportViewProps {
  readonly report: Report
  /** Of the lab that shows it. */
  readonly version: string
  readonly drawPage: DrawPage
  /** Reads the report again. */
  readonly onStale: () => void
}

/** Shows a report as it is read, with what can be done to each of its blocks. */
export function ReportView({ report, version, drawPage, onStale }: ReportViewProps) {
  const { id, name, blocks, updatedAt } = report
  const rename = useAction(changeReport)
  const { run: arrange } = useAction(arrangeReport)
  const [told, setTold] = useState('')
  const [isAsked, setAsked] = useState(false)
  const handles = useRef(new Map<string, LiveHandle>())
  const keepHandle = useCallback((block: string, handle: LiveHandle | null) => {
    if (handle) handles.current.set(block, handle)
    else handles.current.delete(block)
  }, [])
  const [draft, setDraft] = useTextDraft(`report-${id}-new`)
  const [after, setAfter] = useState<string | null>(null)
  const last = blocks.at(-1)?.id ?? null
  const isThere = blocks.some((block) => block.id === after)
  // What was typed before the page was loaded anew has lost its place.
  const place = draft ? (isThere ? after : last) : null
  const ids = blocks.map((block) => block.id)
  const { vanished, expect, discard } = useVanishedTexts(id, blocks)
  const refocus = useMovedFocus(ids.join(' '))

  const begin = (behind: string | null) => {
    setAfter(behind)
    if (draft === null) setDraft({ text: '', before: '' })
  }
  const moveBehind = async (block: ReportBlock, behind: string | null) => {
    const { data } = await arrange({ id, change: { move: { block: block.id, after: behind } } })
    const order = data?.changeReport.blocks ?? []
    if (data) setTold(`${nameOfBlock(block)} is at place ${order.findIndex((each) => each.id === block.id) + 1} of ${order.length}.`)
  }
  const step = (block: ReportBlock, direction: Direction) => {
    const index = ids.indexOf(block.id)
    refocus(block.id, direction)
    void moveBehind(block, direction === 'up' ? (ids[index - 2] ?? null) : (ids[index + 1] ?? null))
  }
  const order = (next: string[]) => {
    const moved = movedBlock(ids, next)
    const block = blocks.find((each) => each.id === moved?.block)
    if (moved && block) void moveBehind(block, moved.after)
  }
  const remove = async (block: ReportBlock) => {
    expect(block.id)
    const { data } = await arrange({ id, change: { remove: block.id } })
    if (!data) return
    showUndo({
      title: `“${nameOfBlock(block)}” was taken out`,
      message: 'It can be put back where it was.',
      onUndo: () => void arrange({ id, change: { putBack: block.id } }),
    })
  }
  usePageActions(draft ? [] : [{ id: 'report.text', label: 'Add text to this report', run: () => begin(last) }])
  const newText = draft && (
    <div className={classes.block}>
      <NewText reportId={id} after={place} last={last} draft={draft} onDraft={setDraft} onClose={() => setDraft(null)} />
    </div>
  )
  return (
    <article className={classes.root}>
      <div className={classes.head}>
        <EditableName name={name} noun="report" onRename={(next) => rename.run({ id, change: { name: next } })} />
        <ReportActions report={report} version={version} handles={handles} onAsk={() => setAsked(true)} onOrder={order} />
      </div>
      <p className={classes.about}>
        Report {report.number}, changed <Age at={updatedAt} />
      </p>
      {blocks.length === 0 && !draft && (
        <p className={classes.none}>Nothing stands here yet. Add text, or put figures here from the menu beside each figure of the lab.</p>
      )}
      {blocks.map((block, index) => (
        <div key={block.id} className={classes.block}>
          <ReportSection
            reportId={id}
            block={block}
            isFirst={index === 0}
            isLast={index === blocks.length - 1}
            drawPage={drawPage}
            isAsked={isAsked}
            onHandle={keepHandle}
            onMove={(direction) => step(block, direction)}
            onAddText={() => begin(block.id)}
            onRemove={() => void remove(block)}
            onStale={onStale}
          />
          {draft && place === block.id && newText}
        </div>
      ))}
      {vanished.map(({ block, text }) => (
        <VanishedText
          key={block}
          text={text}
          onPutBack={() => void arrange({ id, change: { putBack: block } })}
          onDiscard={() => discard(block)}
        />
      ))}
      {draft ? (
        place === null && newText
      ) : (
        <div>
          <Button variant="default" size="xs" leftSection={<IconTextPlus size={14} />} onClick={() => begin(last)}>
            Add text
          </Button>
        </div>
      )}
      <VisuallyHidden component="p" aria-live="polite">
        {told}
      </VisuallyHidden>
    </article>
  )
}

/** Gives the focus back to the button by which a block was moved, once it stands elsewhere; to its other one where that moves it no further. */
function useMovedFocus(order: string): (block: string, direction: Direction) => void {
  const moved = useRef<{ readonly block: string; readonly direction: Direction } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the blocks stand in another order
  useEffect(() => {
    if (!moved.current) return
    const { block, direction } = moved.current
    moved.current = null
    const buttons = [...document.querySelectorAll<HTMLButtonElement>(`[data-block="${block}"] [data-move]:not(:disabled)`)]
    const same = buttons.find((button) => button.dataset.move === direction)
    ;(same ?? buttons[0])?.focus()
  }, [order])
  return (block, direction) => {
    moved.current = { block, direction }
  }
}
