'use client'
import { isNoise } from '@hourglass/autoencoders'
import { ActionIcon, Button, Group, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './AcrossPage.module.css'
import { type AcrossView, acrossSubjects, LAST_PLACE } from './acrossView'
import { DrawPad } from './DrawPad'
import type { DrawStore } from './drawStore'
import { ExampleFigure } from './ExampleFigure'
import { ImageDrop } from './ImageDrop'
import { NoiseControl } from './NoiseControl'
import { PlacementNote } from './PlacementNote'
import { PointEntry } from './PointEntry'
import { RubPad } from './RubPad'
import { useDrawState } from './useDrawState'

const MOST_STOPS = 6
const titles = { example: 'One example', path: 'Path', arithmetic: 'Arithmetic' } as const

interface AcrossControlsProps {
  readonly view: AcrossView
  readonly onView: (changes: Partial<AcrossView>) => void
  readonly drawing: DrawStore
  readonly dataset: string
  readonly exampleShape: readonly number[]
  /** Test examples that there are. */
  readonly testCount: number
}

/** Chooses what goes through all runs. */
export function AcrossControls({ view, onView, drawing, dataset, exampleShape, testCount }: AcrossControlsProps) {
  const state = useDrawState(drawing)
  const isImage = exampleShape.length > 1
  const values = exampleShape.reduce((product, length) => product * length, 1)
  return (
    <div className={classes.controls}>
      <SegmentedControl
        size="xs"
        aria-label="What goes through the runs"
        value={view.show}
        onChange={(show) => onView({ show })}
        data={acrossSubjects.map((value) => ({ value, label: titles[value] }))}
      />
      {view.show === 'example' && (
        <>
          <Group gap={6} align="end">
            <ExampleNumber
              label="Test example"
              value={view.example}
              count={testCount}
              onValue={(example) => onView({ example, drawn: null })}
            />
            <Button
              variant="default"
              size="compact-xs"
              disabled={view.example <= 0}
              onClick={() => onView({ example: view.example - 1, drawn: null })}
            >
              Previous
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              disabled={view.example >= testCount - 1}
              onClick={() => onView({ example: view.example + 1, drawn: null })}
            >
              Next
            </Button>
          </Group>
          {isImage ? (
            <ImageDrop store={drawing} isInk={!isNoise(dataset)}>
              <DrawPad store={drawing} />
            </ImageDrop>
          ) : (
            <PointEntry store={drawing} size={values} />
          )}
          {isImage && <PlacementNote store={drawing} state={state} />}
          {state.problem && (
            <p className={classes.problem} role="alert">
              {state.problem}
            </p>
          )}
          {state.example && (
            <Group gap={16} align="start">
              {isImage ? (
                <RubPad store={drawing} example={state.example} rubbed={state.rubbed} exampleShape={exampleShape} />
              ) : (
                <ExampleFigure values={state.example} exampleShape={exampleShape} label="The point" caption="the point" />
              )}
            </Group>
          )}
          <NoiseControl noise={state.noise} own={null} onNoise={(noise) => drawing.set({ noise })} />
        </>
      )}
      {view.show === 'path' && (
        <>
          <Group gap={6} align="end">
            {view.stops.map((stop, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a stop is known by its place
              <Group key={place} gap={2} align="end" wrap="nowrap">
                <ExampleNumber
                  label={`Stop ${place + 1}`}
                  value={stop}
                  count={testCount}
                  onValue={(next) => onView({ stops: view.stops.map((one, other) => (other === place ? next : one)) })}
                />
                {view.stops.length > 2 && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={20}
                    aria-label={`Remove stop ${place + 1}`}
                    onClick={() => onView({ stops: view.stops.filter((_, other) => other !== place) })}
                  >
                    <IconX size={12} />
                  </ActionIcon>
                )}
              </Group>
            ))}
            <Button
              variant="default"
              size="compact-xs"
              disabled={view.stops.length >= MOST_STOPS}
              onClick={() => onView({ stops: [...view.stops, Math.min(testCount - 1, (view.stops.at(-1) ?? 0) + 1)] })}
            >
              Add a stop
            </Button>
          </Group>
          <SegmentedControl
            size="xs"
            aria-label="Shape of the path"
            value={view.way}
            onChange={(way) => onView({ way })}
            data={[
              { value: 'straight', label: 'Straight' },
              { value: 'spherical', label: 'Spherical' },
            ]}
          />
          <input
            type="range"
            className={classes.range}
            aria-label="Place on the path"
            min={0}
            max={LAST_PLACE}
            step={1}
            value={view.at}
            onChange={({ currentTarget }) => onView({ at: currentTarget.valueAsNumber })}
          />
        </>
      )}
      {view.show === 'arithmetic' && <Sum view={view} onView={onView} />}
    </div>
  )
}

interface ExampleNumberProps {
  readonly label: string
  readonly value: number
  readonly count: number
  readonly onValue: (value: number) => void
}

function ExampleNumber({ label, value, count, onValue }: ExampleNumberProps) {
  return (
    <NumberInput
      size="xs"
      w={92}
      label={label}
      min={0}
      max={count - 1}
      clampBehavior="strict"
      allowDecimal={false}
      value={value}
      onChange={(next) => typeof next === 'number' && next !== value && onValue(next)}
    />
  )
}

function Sum({ view, onView }: Pick<AcrossControlsProps, 'view' | 'onView'>) {
  const [text, setText] = useState(view.sum)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onView({ sum: text })
      }}
    >
      <TextInput
        size="xs"
        label="Arithmetic"
        description="Of [test example], mean of all, mean and a class, and code, that of the example. Means are of each run’s own codes."
        placeholder="[7] − mean 7 + mean 1"
        maxLength={200}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" variant="default" size="compact-xs">
        Compute
      </Button>
    </form>
  )
}
