'use client'
import { Button, Group, Modal, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAction } from '../data/useAction'
import { addToReport, createReport } from '../entities/report/reportActions'
import { useReports } from '../entities/report/useReports'
import { describeFigure, takeFigure } from '../ui/takeFigure'
import type { ShownFigure } from '../ui/WantedFigure'
import { ReportLink } from './ReportLink'

const LONGEST_NAME = 200
const LONGEST_TITLE = 300
/** Stands for a report that is begun with the figure. */
const NEW = ''

interface AddToReportDialogProps {
  readonly shown: ShownFigure
  readonly onClose: () => void
}

/** Asks into which report a figure is put, and whether readers see it as it is now or as its page draws it then. */
export function AddToReportDialog({ shown, onClose }: AddToReportDialogProps) {
  const { reports } = useReports()
  const create = useAction(createReport)
  const add = useAction(addToReport)
  const [chosen, setChosen] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [title, setTitle] = useState(shown.source.title.slice(0, LONGEST_TITLE))
  const [kind, setKind] = useState<'kept' | 'live'>('kept')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  // What was changed last is most likely meant.
  const report = chosen ?? reports?.[0]?.id ?? NEW
  const isNew = report === NEW
  const canAdd = title.trim() !== '' && (!isNew || name.trim() !== '') && reports !== undefined

  const put = async () => {
    const taken = await takeFigure(shown)
    const begun = isNew ? await create.run({ name }) : null
    if (begun?.error) throw new Error(begun.error.message)
    const id = begun?.data ? begun.data.createReport.id : report
    // One that was begun is there, whatever becomes of the figure.
    setChosen(id)
    const figure = {
      title,
      path: `${location.pathname}${location.search}`,
      figure: shown.what,
      isLive: kind === 'live',
      alternative: describeFigure(shown),
      taken: { image: taken.image, table: taken.table },
    }
    const { data, error } = await add.run({ id, figure })
    if (error) throw new Error(error.message)
    const notification = notifications.show({
      title: `The figure is in “${data.addToReport.name}”`,
      message: <ReportLink id={id} onFollow={() => notifications.hide(notification)} lacksNumbers={taken.table === null} />,
    })
    onClose()
  }
  const submit = async () => {
    setProblem(null)
    setBusy(true)
    try {
      await put()
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={`Add ${shown.what} to a report`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (canAdd && !isBusy) void submit()
        }}
      >
        <Stack gap="sm">
          <NativeSelect
            label="Report"
            value={report}
            disabled={reports === undefined}
            data-autofocus
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[...(reports ?? []).map((each) => ({ value: each.id, label: each.name })), { value: NEW, label: 'A new report' }]}
          />
          {isNew && (
            <TextInput
              label="Name of the new report"
              value={name}
              maxLength={LONGEST_NAME}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <TextInput
            label="Title of the figure"
            value={title}
            maxLength={LONGEST_TITLE}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Radio.Group label="Readers see it" value={kind} onChange={(value) => setKind(value === 'live' ? 'live' : 'kept')}>
            <Stack gap={6} mt={4}>
              <Radio size="xs" value="kept" label="As it is now" />
              <Radio size="xs" value="live" label="Live, as its page draws it when they look" />
            </Stack>
          </Radio.Group>
          {problem !== null && (
            <Text size="sm" c="var(--hg-danger)" role="alert">
              {problem}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={!canAdd}>
              Add to the report
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
