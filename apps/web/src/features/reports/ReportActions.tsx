'use client'
import { Button, Group, Modal, Popover, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsSort, IconFileDownload, IconTrash } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { type RefObject, useState } from 'react'
import { useAction } from '../../data/useAction'
import { deleteReports, restoreReports } from '../../entities/report/reportActions'
import { figureFileName } from '../../ui/FigureSource'
import { usePageActions } from '../../ui/pageActions'
import { SortableList } from '../../ui/SortableList'
import { saveFile } from '../../ui/saveFile'
import { showUndo } from '../../ui/showUndo'
import { nameOfBlock } from './blockNames'
import type { LiveHandle } from './LiveFigure'
import type { Report } from './useReport'

interface ReportActionsProps {
  readonly report: Report
  readonly version: string
  readonly handles: RefObject<ReadonlyMap<string, LiveHandle>>
  /** Has every live figure drawn, wherever on the page it is. */
  readonly onAsk: () => void
  /** Called with the ids of all blocks in another order. */
  readonly onOrder: (ids: string[]) => void
}

/** Offers what can be done with a report as a whole. */
export function ReportActions({ report, version, handles, onAsk, onOrder }: ReportActionsProps) {
  const router = useRouter()
  const remove = useAction(deleteReports)
  const { run: restore } = useAction(restoreReports)
  const [isAsking, setAsking] = useState(false)
  const [isExporting, setExporting] = useState(false)
  const { id, name, blocks } = report
  const download = async () => {
    setExporting(true)
    try {
      onAsk()
      const { exportReport } = await import('./exportReport')
      const file = await exportReport({ report, version, handles })
      saveFile(figureFileName({ title: name, path: '', runs: [] }, 'html'), file, 'text/html;charset=utf-8')
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      notifications.show({ title: 'The report could not be written to a file', message, color: 'red' })
    } finally {
      setExporting(false)
    }
  }
  const confirm = async () => {
    if (!(await remove.run({ ids: [id] })).data) return
    setAsking(false)
    showUndo({
      title: 'The report is in the trash',
      message: 'Storage shows what lies there.',
      onUndo: () => void restore({ ids: [id] }),
    })
    router.push('/reports')
  }
  usePageActions([
    { id: 'report.export', label: 'Download this report as one file (HTML)', run: () => void download() },
    { id: 'report.delete', label: 'Delete this report', run: () => setAsking(true) },
  ])
  return (
    <Group gap={6}>
      {blocks.length > 1 && (
        <Popover position="bottom-end" shadow="sm" trapFocus withinPortal={false}>
          <Popover.Target>
            <Button variant="default" leftSection={<IconArrowsSort size={14} />}>
              Order
            </Button>
          </Popover.Target>
          <Popover.Dropdown maw={360} mah={420} style={{ overflowY: 'auto' }}>
            <SortableList
              label="Blocks of the report"
              items={blocks.map((block) => ({ id: block.id, title: nameOfBlock(block) }))}
              onOrder={onOrder}
            />
          </Popover.Dropdown>
        </Popover>
      )}
      <Button variant="default" leftSection={<IconFileDownload size={14} />} loading={isExporting} onClick={() => void download()}>
        Download
      </Button>
      <Button variant="subtle" color="red" c="var(--hg-danger)" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Delete “${name}”?`}>
        <Text size="sm">The report goes to the trash, for everybody. After some days it is deleted for good.</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            Keep it
          </Button>
          <Button color="red.9" loading={remove.isRunning} onClick={() => void confirm()}>
            Delete report
          </Button>
        </Group>
      </Modal>
    </Group>
  )
}
