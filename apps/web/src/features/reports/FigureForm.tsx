'use client'
import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { changeReport } from '../../entities/report/reportActions'
import type { TakenFigure } from '../../ui/takeFigure'
import type { ReportFigure } from './useReport'

/** What readers see of a figure from then on: what was kept of it, what it looks like now, or what its page draws when they look. */
type Shown = 'kept' | 'now' | 'live'

interface FigureFormProps {
  readonly reportId: string
  readonly block: string
  readonly figure: ReportFigure
  /** Draws the figure as it is now; null where its page does not show it, or not yet. */
  readonly take: (() => Promise<TakenFigure>) | null
  /** Told whether the figure is to be seen as it is now. */
  readonly onPreview: (isPreviewed: boolean) => void
  readonly onClose: () => void
}

/** Changes what is said of a figure, and whether readers see it live, as it is now, or as it was kept. */
export function FigureForm({ reportId, block, figure, take, onPreview, onClose }: FigureFormProps) {
  const { run: change } = useAction(changeReport)
  const [title, setTitle] = useState(figure.title)
  const [caption, setCaption] = useState(figure.caption)
  const [alternative, setAlternative] = useState(figure.alternative)
  const before: Shown = figure.isLive ? 'live' : 'kept'
  const [shown, setShown] = useState<Shown>(before)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const choices: readonly Shown[] = figure.isLive ? ['now', 'live'] : ['kept', 'now', 'live']
  const isWaiting = shown === 'now' && take === null
  const canSave = title.trim() !== '' && !isWaiting
  const save = async () => {
    const taken = shown === 'now' && take ? await take() : null
    const isLive = shown === 'live'
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
        if (canSave && !isBusy) void submit()
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
        <Radio.Group
          label="Readers see it"
          value={shown}
          onChange={(value) => {
            const next = choices.find((choice) => choice === value) ?? before
            setShown(next)
            onPreview(next !== 'kept')
          }}
        >
          <Group gap="md" mt={4}>
            {choices.map((choice) => (
              <Radio key={choice} size="xs" value={choice} label={labels[choice]} />
            ))}
          </Group>
        </Radio.Group>
        {isWaiting && (
          <Text size="sm" c="var(--hg-muted)" role="status">
            It is kept once its page has drawn it.
          </Text>
        )}
        {problem !== null && (
          <Text size="sm" c="var(--hg-danger)" role="alert">
            {problem}
          </Text>
        )}
        <Group gap="xs">
          <Button size="xs" type="submit" loading={isBusy} disabled={!canSave}>
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

const labels: Readonly<Record<Shown, string>> = { kept: 'As it was kept', now: 'As it is now', live: 'Live' }
