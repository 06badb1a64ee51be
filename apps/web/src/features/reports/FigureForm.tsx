'use client'
import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { changeReport } from '../../entities/report/reportActions'
import type { TakenFigure } from '../../ui/takeFigure'
import type { ReportFigure } from './useReport'

interface FigureFormProps {
  readonly reportId: string
  readonly block: string
  readonly figure: ReportFigure
  /** Draws the live figure as it is now; null where it is not drawn. */
  readonly take: (() => Promise<TakenFigure>) | null
  readonly onClose: () => void
}

/** Changes what is said of a figure, and whether readers see it live. One that is not to be live any more is kept as it is now. */
export function FigureForm({ reportId, block, figure, take, onClose }: FigureFormProps) {
  const { run: change } = useAction(changeReport)
  const [title, setTitle] = useState(figure.title)
  const [caption, setCaption] = useState(figure.caption)
  const [alternative, setAlternative] = useState(figure.alternative)
  const [isLive, setLive] = useState(figure.isLive)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    const taken = figure.isLive && !isLive && take ? await take() : null
    // What is as it was is left to whoever changes it meanwhile.
    const changed = {
      block,
      ...(title === figure.title ? {} : { title }),
      ...(caption === figure.caption ? {} : { caption }),
      ...(alternative === figure.alternative ? {} : { alternative }),
      ...(isLive === figure.isLive ? {} : { isLive }),
      ...(taken ? { taken } : {}),
    }
    const { error } = await change({ id: reportId, change: { changeFigure: changed } })
    if (error) throw new Error(error.message)
    onClose()
  }
  const submit = async () => {
    setProblem(null)
    setBusy(true)
    try {
      await save()
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      aria-label={`Figure ${figure.title}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim() !== '' && !isBusy) void submit()
      }}
    >
      <Stack gap="sm" maw="80ch">
        <TextInput label="Title" value={title} maxLength={300} autoFocus onChange={(event) => setTitle(event.currentTarget.value)} />
        <Textarea
          label="Caption"
          value={caption}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setCaption(event.currentTarget.value)}
        />
        <Textarea
          label="What it shows, for those who do not see it"
          value={alternative}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setAlternative(event.currentTarget.value)}
        />
        <Radio.Group label="Readers see it" value={isLive ? 'live' : 'kept'} onChange={(value) => setLive(value === 'live')}>
          <Group gap="md" mt={4}>
            <Radio
              size="xs"
              value="kept"
              label={figure.isLive ? 'As it is now' : 'As it was kept'}
              disabled={figure.isLive && take === null}
            />
            <Radio size="xs" value="live" label="Live" />
          </Group>
        </Radio.Group>
        {problem !== null && (
          <Text size="sm" c="var(--hg-danger)" role="alert">
            {problem}
          </Text>
        )}
        <Group gap="xs">
          <Button size="xs" type="submit" loading={isBusy} disabled={title.trim() === ''}>
            Save figure
          </Button>
          <Button size="xs" variant="default" disabled={isBusy} onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
