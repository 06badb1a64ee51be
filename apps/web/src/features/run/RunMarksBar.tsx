'use client'
import { ActionIcon, TagsInput, Tooltip } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconBell, IconBellFilled, IconStar, IconStarFilled } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useAction } from '../../data/useAction'
import { updateRun } from '../../entities/run/runActions'
import { usePageActions } from '../../ui/pageActions'
import classes from './RunMarksBar.module.css'
import type { EndNotice } from './useEndNotice'

interface RunMarksBarProps {
  /** Offered while the run may end. */
  readonly notice: EndNotice | null
  readonly run: { readonly id: string; readonly starred: boolean; readonly tags: readonly string[]; readonly archivedAt: string | null }
}

/** Stars, tags and archives a run. */
export function RunMarksBar({ notice, run: { id, starred, tags, archivedAt } }: RunMarksBarProps) {
  const { run: update } = useAction(updateRun)
  const [problem, setProblem] = useState<string | null>(null)
  const change = async (input: Parameters<typeof update>[0]['input']) => setProblem((await update({ id, input })).error?.message ?? null)
  const field = useRef<HTMLInputElement>(null)
  const star = () => void change({ starred: !starred })
  const archive = () => void change({ archived: archivedAt === null })
  usePageActions([
    { id: 'run.star', label: starred ? 'Take the star away from this run' : 'Star this run', run: star },
    { id: 'run.tag', label: 'Tag this run', run: () => field.current?.focus() },
    { id: 'run.archive', label: archivedAt === null ? 'Archive this run' : 'Take this run out of the archive', run: archive },
    ...(notice
      ? [{ id: 'run.notice', label: notice.isOn ? 'Do not tell when this run ends' : 'Tell when this run ends', run: notice.toggle }]
      : []),
  ])
  return (
    <div className={classes.root}>
      <Tooltip label={starred ? 'Take the star away' : 'Star'}>
        <ActionIcon variant="subtle" color={starred ? 'yellow' : 'gray'} size={26} aria-label="Star" aria-pressed={starred} onClick={star}>
          {starred ? <IconStarFilled size={15} /> : <IconStar size={15} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={archivedAt === null ? 'Archive: in no list unless it is asked for' : 'Take out of the archive'}>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label="Archive" aria-pressed={archivedAt !== null} onClick={archive}>
          {archivedAt === null ? <IconArchive size={15} /> : <IconArchiveOff size={15} />}
        </ActionIcon>
      </Tooltip>
      {notice ? (
        <Tooltip label={notice.isOn ? 'The browser tells when it ends; press for silence' : 'Have the browser tell when it ends'}>
          <ActionIcon
            variant="subtle"
            color={notice.isOn ? 'accent' : 'gray'}
            size={26}
            aria-label="Tell when it ends"
            aria-pressed={notice.isOn}
            onClick={notice.toggle}
          >
            {notice.isOn ? <IconBellFilled size={15} /> : <IconBell size={15} />}
          </ActionIcon>
        </Tooltip>
      ) : null}
      <TagsInput
        ref={field}
        size="xs"
        variant="unstyled"
        className={classes.tags ?? ''}
        aria-label="Tags"
        placeholder={tags.length === 0 ? 'Add a tag' : ''}
        value={[...tags]}
        error={problem}
        onChange={(next) => void change({ tags: next })}
      />
    </div>
  )
}
