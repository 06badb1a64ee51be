'use client'
import { useCallback, useMemo, useState } from 'react'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { Unread } from '../../ui/Unread'
import { AcrossControls } from './AcrossControls'
import { AcrossErrors, type AcrossFigures } from './AcrossErrors'
import { AcrossLane } from './AcrossLane'
import classes from './AcrossPage.module.css'
import type { AcrossShared } from './AcrossSpace'
import type { AcrossView } from './acrossView'
import { describeImages } from './selectionFacts'
import { useAcrossDrawing } from './useAcrossDrawing'
import { examplesIn } from './useAcrossSum'
import { useTestExamples } from './useTestExamples'

/** Test examples of the first run that errors are compared with, those of its first file. */
const MOST_TESTS = 250

interface AcrossRunsProps {
  /** Those on data of one shape. */
  readonly runs: readonly [ComparedRun, ...ComparedRun[]]
  readonly view: AcrossView
  readonly onView: (changes: Partial<AcrossView>) => void
}

/** Sends one thing through all runs in step, each with its own space, with their errors beside. */
export function AcrossRuns({ runs, view, onView }: AcrossRunsProps) {
  const [first] = runs
  const { exampleShape, id: dataset } = first.dataset
  const testCount = first.config.data.testCount ?? first.dataset.testCount
  const size = exampleShape.reduce((product, length) => product * length, 1)
  const within = (index: number) => Math.max(0, Math.min(testCount - 1, index))
  const load = { runId: first.id, exampleShape }
  const one = useTestExamples({ ...load, indices: [within(view.example)] })
  const many = useTestExamples({ ...load, indices: Array.from({ length: Math.min(MOST_TESTS, testCount) }, (_, index) => index) })
  const stops = useTestExamples({ ...load, runId: view.show === 'path' ? first.id : null, indices: view.stops.map(within) })
  const names = examplesIn(view.sum)
  const named = useTestExamples({
    ...load,
    runId: view.show === 'arithmetic' && names.every((index) => index < testCount) ? first.id : null,
    indices: names,
  })
  const drawing = useAcrossDrawing({ dataset, exampleShape, view, onView, example: one.values })
  const tests = many.values
  const usual = useMemo(
    () => (tests ? describeImages(tests, { size, rows: Array.from({ length: tests.length / size }, (_, row) => row) }).mean : null),
    [tests, size],
  )
  const [figures, setFigures] = useState<Readonly<Record<string, AcrossFigures | null>>>({})
  const tell = useCallback(
    (id: string, next: AcrossFigures | null) => setFigures((before) => (before[id] === next ? before : { ...before, [id]: next })),
    [],
  )
  const shared: AcrossShared = {
    show: view.show,
    drawing,
    tests,
    usual,
    stops: stops.values,
    stopCount: view.stops.length,
    way: view.way,
    at: view.at,
    sum: view.sum,
    named: named.values,
  }
  const failed = [one, many, stops, named].find(({ error }) => error !== null)
  const chooseEpoch = (id: string, epoch: number) => {
    const epochs = view.runs.map((run, place) => (run === id ? epoch : (view.epochs[place] ?? 0)))
    onView({ epochs })
  }
  return (
    <div className={classes.root}>
      <div className={classes.side}>
        <AcrossControls {...{ view, onView, drawing, dataset, exampleShape, testCount }} />
        {failed && <Unread what={`The test examples of ${first.number} ${first.name}`} onRetry={failed.retry} />}
      </div>
      <div className={classes.main}>
        <AcrossErrors
          tests={tests ? tests.length / size : 0}
          rows={runs.map(({ id, number, name }) => ({ id, title: `${number} ${name}`, figures: figures[id] ?? null }))}
        />
        <div className={classes.lanes}>
          {runs.map(({ id }) => (
            <AcrossLane
              key={id}
              id={id}
              epoch={view.epochs[view.runs.indexOf(id)] ?? 0}
              onEpoch={(epoch) => chooseEpoch(id, epoch)}
              shared={shared}
              onFigures={(next) => tell(id, next)}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
