'use client'
import { type CodePath, codePaths, interpolateCodes, type StoredCodes } from '@hourglass/autoencoders/latent'
import { ActionIcon, Button, Group, SegmentedControl, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { DecodedStrip } from '../../entities/model/DecodedStrip'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureTable } from '../../ui/FigureSource'
import { PageSection } from '../../ui/PageSection'
import { computeCode } from './codeArithmetic'
import type { ExplorerStore } from './explorerStore'
import classes from './PathPanel.module.css'
import { useExplorer } from './useExplorer'

// Loaded once there is a path.
const PathAnimation = lazy(async () => ({ default: (await import('./PathAnimation')).PathAnimation }))

/** Images between one stop and the next, both counted. */
const STEPS = 9
/** Of the way, for a hand on the slider. */
const FINE_STEPS = 101
const MOST_STOPS = 6

interface PathPanelProps {
  readonly run: Run
  /** The epoch that is shown. */
  readonly epoch: number
  readonly store: ExplorerStore
  readonly cloud: StoredCodes
  readonly size: number
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
}

const labels = { straight: 'Straight', spherical: 'Spherical' } as const satisfies Record<CodePath, string>

/** Computes codes from others, keeps some as stops, and goes along the path through them. */
export function PathPanel({ run, epoch, store, cloud, size, model, exampleShape }: PathPanelProps) {
  const { stops } = useExplorer(store)
  const [path, setPath] = useState<CodePath>('straight')
  const figure = useRef<HTMLDivElement>(null)
  const title = `Path through ${stops.length} codes after epoch ${epoch}`
  const along = useMemo(() => Float32Array.from(stops.flatMap((stop) => [...stop])), [stops])
  const codes = useMemo(() => (stops.length > 1 ? interpolateCodes(along, { size, steps: STEPS, path }) : null), [along, stops, size, path])
  const count = (codes?.length ?? 0) / size
  const { answer, error, retry } = useDecoded(codes && model, codes, count)
  return (
    <PageSection
      id="run-paths"
      title="Paths and arithmetic"
      controls={
        codes &&
        exampleShape.length > 1 && (
          <FigureDownload what="path" source={runSource(run, title)} figure={figure} table={() => pathTable(codes, size)} />
        )
      }
      note="From code to code through the latent space"
    >
      <Arithmetic store={store} cloud={cloud} />
      <Group gap={8} mb={8} mt={10}>
        <Button
          variant="default"
          size="compact-xs"
          disabled={stops.length >= MOST_STOPS}
          onClick={() => store.set({ stops: [...stops, store.code.values.slice()] })}
        >
          Add the current code as a stop
        </Button>
        {stops.map((stop, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stop is known by its place
          <span key={index} className={classes.stop}>
            <Button variant="subtle" size="compact-xs" onClick={({ timeStamp }) => store.go(stop, timeStamp)}>
              Stop {index + 1}
            </Button>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={20}
              aria-label={`Remove stop ${index + 1}`}
              onClick={() => store.set({ stops: stops.filter((_, other) => other !== index) })}
            >
              <IconX size={12} />
            </ActionIcon>
          </span>
        ))}
        {stops.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Shape of the path"
            value={path}
            onChange={setPath}
            data={codePaths.map((value) => ({ value, label: labels[value] }))}
          />
        )}
      </Group>
      {codes ? (
        <>
          {error && (
            <p className={classes.problem} role="alert">
              The path could not be decoded: {error.message}{' '}
              <Button variant="default" size="compact-xs" onClick={retry}>
                Try again
              </Button>
            </p>
          )}
          {exampleShape.length > 1 && (
            <FigureBody what="path" figure={figure}>
              <DecodedStrip
                values={answer}
                count={count}
                exampleShape={exampleShape}
                label={`${count} images on the path through ${stops.length} codes`}
              />
            </FigureBody>
          )}
          {exampleShape.length > 1 && (
            <Suspense fallback={null}>
              <PathAnimation
                along={along}
                size={size}
                path={path}
                model={model}
                exampleShape={exampleShape}
                name={`path-of-run-${run.number}-epoch-${epoch}`}
              />
            </Suspense>
          )}
          <PathSlider store={store} along={along} size={size} path={path} />
        </>
      ) : (
        <p className={classes.hint}>Two stops make a path: go to a code, add it, go to another and add that.</p>
      )}
    </PageSection>
  )
}

/** Lists the codes of the images, in their order. */
function pathTable(codes: Float32Array, size: number): FigureTable {
  return {
    columns: ['image', ...Array.from({ length: size }, (_, unit) => `z${unit + 1}`)],
    rows: Array.from({ length: codes.length / size }, (_, at) => [at + 1, ...codes.subarray(at * size, (at + 1) * size)]),
  }
}

function Arithmetic({ store, cloud }: Pick<PathPanelProps, 'store' | 'cloud'>) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        try {
          store.go(computeCode(text, { ...cloud, code: store.code.values, selection: store.get().selection }))
          setProblem(null)
        } catch (error) {
          setProblem(error instanceof Error ? error.message : String(error))
        }
      }}
    >
      <TextInput
        size="xs"
        className={classes.field ?? ''}
        label="Arithmetic"
        description="Of [example], mean of all, mean and a class, selection, and code"
        placeholder="[7] − mean 7 + mean 1"
        value={text}
        error={problem}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setProblem(null)
        }}
      />
      <Button type="submit" variant="default" size="compact-xs">
        Go to the result
      </Button>
    </form>
  )
}

interface PathSliderProps {
  readonly store: ExplorerStore
  /** Codes of the stops, `[stops, size]`. */
  readonly along: Float32Array
  readonly size: number
  readonly path: CodePath
}

/** Moves the code along the path by hand. */
function PathSlider({ store, along, size, path }: PathSliderProps) {
  const input = useRef<HTMLInputElement>(null)
  const places = useMemo(() => interpolateCodes(along, { size, steps: FINE_STEPS, path }), [along, size, path])
  useEffect(() => {
    const node = input.current
    node?.addEventListener('change', store.code.settle)
    return () => node?.removeEventListener('change', store.code.settle)
  }, [store])
  return (
    <input
      ref={input}
      type="range"
      className={classes.range}
      min={0}
      max={places.length / size - 1}
      step={1}
      defaultValue={0}
      aria-label="Place on the path"
      onInput={({ currentTarget, timeStamp }) => {
        const at = currentTarget.valueAsNumber
        store.code.replace(places.subarray(at * size, (at + 1) * size), timeStamp)
      }}
    />
  )
}
