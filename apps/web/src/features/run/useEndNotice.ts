import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { runStatuses } from '../../entities/run/runStatus'
import type { Run } from '../../entities/run/useRun'
import { useWantedFigure } from '../../ui/WantedFigure'

export interface EndNotice {
  /** Whether the browser tells when a run on an open page ends. */
  readonly isOn: boolean
  /** Whether it can: not where it has no notices, or its reader has refused them. */
  readonly isPossible: boolean
  readonly toggle: () => void
}

const canNotify = () => typeof Notification !== 'undefined' && Notification.permission !== 'denied'

/** Has the browser tell when the run ends or fails while its page is open, for those who asked for it; asks the reader's leave the first time. */
export function useEndNotice(run: Pick<Run, 'number' | 'name' | 'status' | 'error'>): EndNotice {
  const [isOn, setOn] = useLocalStorage({ key: 'hourglass-end-notices', defaultValue: false })
  const [isPossible, setPossible] = useState(false)
  // A figure of the run on another page is not its page.
  const isPage = useWantedFigure() === null
  useEffect(() => setPossible(canNotify()), [])
  const before = useRef(run.status)
  useEffect(() => {
    const wasActive = runStatuses[before.current].active
    before.current = run.status
    if (!isPage || !isOn || !wasActive || runStatuses[run.status].active || !canNotify()) return
    new Notification(`#${run.number} ${run.name}`, {
      body: run.error?.message ?? `${runStatuses[run.status].label}.`,
      tag: `run ${run.number}`,
    })
  }, [isPage, isOn, run])
  const toggle = async () => {
    if (isOn) return setOn(false)
    const answer = await Notification.requestPermission()
    setPossible(answer !== 'denied')
    setOn(answer === 'granted')
  }
  return { isOn, isPossible, toggle: () => void toggle() }
}
