'use client'
import { isNoise } from '@hourglass/autoencoders'
import { nearestCodes, noiseLevelOf, type StoredCodes } from '@hourglass/autoencoders/latent'
import { Button } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { LatentView } from '../../entities/run/RunSections'
import type { Run } from '../../entities/run/useRun'
import { formatCode } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { DrawPad } from './DrawPad'
import classes from './DrawPanel.module.css'
import { ErrorNote } from './ErrorNote'
import { ExampleFigure } from './ExampleFigure'
import { ExampleList } from './ExampleList'
import type { ExplorerStore } from './explorerStore'
import { ImageDrop } from './ImageDrop'
import { mapExamples } from './mapExamples'
import neighbours from './Neighbours.module.css'
import { PlacementNote } from './PlacementNote'
import { PointEntry } from './PointEntry'
import { describeImages } from './selectionFacts'
import { useDrawState } from './useDrawState'
import { useExamined } from './useExamined'
import { useExampleAccess } from './useExampleAccess'
import { useExamplePages } from './useExamplePages'
import { useExampleSource } from './useExampleSource'
import { useLinkedDrawing } from './useLinkedDrawing'
import { useTestErrors } from './useTestErrors'

// Loaded once something is drawn.
const RubPad = lazy(async () => ({ default: (await import('./RubPad')).RubPad }))
const NoiseControl = lazy(async () => ({ default: (await import('./NoiseControl')).NoiseControl }))

const NEIGHBOURS = 6

interface DrawPanelProps {
  readonly run: Run
  readonly store: ExplorerStore
  readonly cloud: StoredCodes
  readonly size: number
  readonly model: BrowserModel | null
  readonly view: LatentView
  readonly onView: (changes: Partial<LatentView>) => void
}

/** Takes an example that somebody draws or brings, and shows what the model makes of it, at once: its code, its reconstruction, with noise, and with a part rubbed out. */
export function DrawPanel({ run, store, cloud, size, model, view, onView }: DrawPanelProps) {
  const { exampleShape, id: dataset } = run.dataset
  const { corruption } = run.config
  const isImage = exampleShape.length > 1
  const values = exampleShape.reduce((product, length) => product * length, 1)
  const drawing = useLinkedDrawing({ dataset, exampleShape, corruption, view, onView })
  const state = useDrawState(drawing)
  const isAny = state.example !== null
  const own = useMemo(() => noiseLevelOf(corruption), [corruption])
  const originals = useExamplePages({ runId: run.id, count: isAny ? cloud.labels.length : 0, exampleShape })
  const tests = isAny ? originals.values : null
  const usual = useMemo(
    () => (tests ? describeImages(tests, { size: values, rows: Array.from(cloud.labels, (_, row) => row) }).mean : null),
    [tests, values, cloud],
  )
  const errors = useTestErrors(model, { originals: tests, size: values })
  const { examined, filled, error } = useExamined({
    store: drawing,
    model,
    usual: isImage ? usual : null,
    onExamined({ code }, isNew) {
      if (!isNew) return
      store.code.replace(code)
      if (!drawing.get().isMoving) store.code.settle()
    },
  })
  const near = useMemo(
    () => (examined && cloud.labels.length > 0 ? nearestCodes(examined.code, { codes: cloud.codes, wanted: NEIGHBOURS }) : []),
    [examined, cloud],
  )
  const source = useExampleSource(run)
  const known = useMemo(() => [mapExamples(cloud, { training: null, size, testCount: source.counts[0] })], [cloud, size, source])
  const { access } = useExampleAccess({ source, store, model, known })
  const made = own ? 'denoised' : 'reconstruction'
  return (
    <PageSection
      id="run-draw"
      title="Draw"
      note={isImage ? 'An example of your own, through this model at once' : 'A point of your own, through this model at once'}
    >
      <div className={classes.root}>
        <div className={classes.input}>
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
        </div>
        {state.example ? (
          <div className={classes.rows} data-testid="examined" data-ready={examined?.example === state.example || undefined}>
            {error && (
              <p className={classes.problem} role="alert">
                It could not go through the model: {error.message}
              </p>
            )}
            <section className={classes.row} aria-label="As it is">
              <ExampleFigure values={state.example} exampleShape={exampleShape} label="What the model sees" caption="what the model sees" />
              <ExampleFigure
                values={examined?.reconstruction ?? null}
                exampleShape={exampleShape}
                label="Reconstruction of it"
                caption="reconstruction"
              />
              <div className={classes.facts}>
                {examined && <ErrorNote error={examined.error} errors={errors.answer} />}
                {originals.error ? (
                  <Unread what="The test examples" onRetry={originals.retry} />
                ) : (
                  !errors.answer && !errors.error && <span className={classes.hint}>Computing what test examples have …</span>
                )}
                {examined && (
                  <Button variant="default" size="compact-xs" onClick={({ timeStamp }) => store.go(examined.code, timeStamp)}>
                    Go to its code
                  </Button>
                )}
              </div>
            </section>
            <section className={classes.row} aria-label="With noise">
              <ExampleFigure
                values={examined?.noisy?.values ?? state.example}
                exampleShape={exampleShape}
                label="With noise"
                caption="with noise"
              />
              <ExampleFigure
                values={examined?.noisy?.reconstruction ?? examined?.reconstruction ?? null}
                exampleShape={exampleShape}
                label={own ? 'Denoised' : 'Reconstruction of what has noise on it'}
                caption={made}
              />
              <div className={classes.facts}>
                <Suspense fallback={null}>
                  <NoiseControl noise={state.noise} own={own} onNoise={(noise) => drawing.set({ noise })} />
                </Suspense>
                {examined?.noisy && (
                  <span data-testid="noise-errors">
                    {formatCode(examined.noisy.before)} of squared noise a value, {formatCode(examined.noisy.after)} left
                  </span>
                )}
                {!own && <span className={classes.hint}>This run was trained without noise: it has not learned to take any away.</span>}
              </div>
            </section>
            {isImage && (
              <section className={classes.row} aria-label="With a part rubbed out">
                <Suspense fallback={null}>
                  <RubPad store={drawing} example={state.example} rubbed={state.rubbed} exampleShape={exampleShape} />
                </Suspense>
                <ExampleFigure values={filled?.values ?? null} exampleShape={exampleShape} label="Filled in" caption="filled in" />
                <div className={classes.facts}>
                  {filled ? (
                    <span data-testid="filled-error">error {formatCode(filled.error)} where it was rubbed out</span>
                  ) : (
                    <span className={classes.hint}>
                      Press on the image to rub a part out. The model fills it in, from what test images have there.
                    </span>
                  )}
                </div>
              </section>
            )}
            <section aria-label="Nearest test examples of the drawing">
              <h3 className={neighbours.heading}>Nearest test examples</h3>
              <ExampleList
                testId="drawing-neighbours"
                access={access}
                rows={near.map(({ index, distance }) => ({ row: index, note: `${formatCode(distance)} away` }))}
              />
            </section>
          </div>
        ) : (
          <p className={classes.hint}>
            What the model makes of it appears here: its code, marked on the map too, its reconstruction, with noise and with a part rubbed
            out, how its error compares with those of test examples, and the test examples whose codes are nearest.
          </p>
        )}
      </div>
    </PageSection>
  )
}
