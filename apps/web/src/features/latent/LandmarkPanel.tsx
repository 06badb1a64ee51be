'use client'
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useAction } from '../../data/useAction'
import { Unread } from '../../ui/Unread'
import type { ExplorerStore } from './explorerStore'
import classes from './LandmarkPanel.module.css'
import { describeLandmark, directionOf, landmarkChoices } from './landmarkChoices'
import { MOST_NAME, nameOf } from './namedDirections'
import { useExplorer } from './useExplorer'
import { addLandmark, type Landmark, removeLandmark, useLandmarks } from './useLandmarks'

interface LandmarkPanelProps {
  readonly runId: string
  readonly store: ExplorerStore
  readonly epoch: number
  /** Epochs whose model is kept. */
  readonly epochs: readonly number[]
  readonly onEpoch: (epoch: number) => void
}

const kinds = { POINT: 'Points', SELECTION: 'Selections', DIRECTION: 'Directions' } as const satisfies Record<Landmark['kind'], string>

/** Keeps codes, selections and directions under names with the run, for everybody, and brings them back. */
export function LandmarkPanel({ runId, store, epoch, epochs, onEpoch }: LandmarkPanelProps) {
  const { landmarks, error, retry } = useLandmarks(runId)
  const remove = useAction(removeLandmark)
  const heading = useId()
  const take = (landmark: Landmark) => {
    if (landmark.code && landmark.epoch !== null) {
      if (landmark.epoch !== epoch) onEpoch(landmark.epoch)
      store.go(landmark.code)
    } else if (landmark.kind === 'SELECTION' && landmark.rows) {
      store.set({ selection: landmark.rows })
    } else {
      const direction = directionOf(landmark)
      const { named } = store.get()
      const others = direction ? named.filter((one) => nameOf(one) !== nameOf(direction)) : named
      if (direction) store.set({ named: [...others, direction], along: 'named' })
    }
  }
  return (
    <section className={classes.root} aria-labelledby={heading}>
      <div className={classes.title}>
        <h3 id={heading}>Landmarks</h3>
        <span className={classes.text}>kept with the run, for everybody who uses this lab</span>
      </div>
      <KeepForm runId={runId} store={store} epoch={epoch} />
      {error && !landmarks && <Unread what="The landmarks" onRetry={retry} />}
      {landmarks?.length === 0 && (
        <p className={classes.text}>
          None yet. Codes, selections and directions that have a name here are found again later, and by others.
        </p>
      )}
      <div className={classes.kinds}>
        {(['POINT', 'SELECTION', 'DIRECTION'] as const).map((kind) => {
          const own = landmarks?.filter((landmark) => landmark.kind === kind) ?? []
          if (own.length === 0) return null
          return (
            <section key={kind} aria-label={kinds[kind]}>
              <h4 className={classes.heading}>{kinds[kind]}</h4>
              <ul className={classes.list}>
                {own.map((landmark) => {
                  const why = whyNot(landmark, epochs)
                  return (
                    <li key={landmark.name} className={classes.row}>
                      <Button
                        variant="subtle"
                        size="compact-xs"
                        px={0}
                        classNames={{ label: classes.name ?? '' }}
                        disabled={why !== null}
                        onClick={() => take(landmark)}
                      >
                        {landmark.name}
                      </Button>
                      <span className={classes.text}>{why ?? describeLandmark(landmark)}</span>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={24}
                        aria-label={`Remove ${landmark.name}`}
                        onClick={() => remove.run({ runId, kind, name: landmark.name })}
                      >
                        <IconX size={12} />
                      </ActionIcon>
                    </li>
                  )
                })}
              </ul>
            </section>
          )
        })}
      </div>
    </section>
  )
}

/** Says why a landmark cannot be gone to; null where it can. */
function whyNot(landmark: Landmark, epochs: readonly number[]): string | null {
  if (landmark.problem !== null) return landmark.problem
  return landmark.epoch !== null && !epochs.includes(landmark.epoch) ? `no model of epoch ${landmark.epoch} is kept` : null
}

/** Gives what the explorer holds a name. A refusal leaves what was typed. */
function KeepForm({ runId, store, epoch }: Pick<LandmarkPanelProps, 'runId' | 'store' | 'epoch'>) {
  const { selection, named } = useExplorer(store)
  const choices = landmarkChoices({ selection, named }, epoch)
  const [wanted, setWanted] = useState('code')
  const [name, setName] = useState('')
  const add = useAction(addLandmark)
  const chosen = choices.find(({ value }) => value === wanted) ?? choices[0]
  const given = name.trim() || (chosen?.name ?? '')
  return (
    <form
      className={classes.form}
      onSubmit={async (event) => {
        event.preventDefault()
        if (!chosen || given === '') return
        const { error } = await add.run({ runId, name: given, landmark: chosen.landmark(store.code.values) })
        if (!error) setName('')
      }}
    >
      <NativeSelect
        size="xs"
        aria-label="What is kept"
        value={chosen?.value ?? 'code'}
        onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        data={choices.map(({ value, label }) => ({ value, label }))}
      />
      <TextInput
        size="xs"
        aria-label="Its name"
        placeholder={chosen?.name || 'Name'}
        value={name}
        maxLength={MOST_NAME}
        error={add.error?.message}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" variant="default" size="xs" loading={add.isRunning} disabled={given === ''}>
        Keep
      </Button>
    </form>
  )
}
