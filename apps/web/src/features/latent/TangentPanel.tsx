'use client'
import { Button, Skeleton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { arePlanePoints } from '../../files/pointView'
import { PageSection } from '../../ui/PageSection'
import type { ExplorerStore } from './explorerStore'
import classes from './TangentPanel.module.css'
import { TangentPlane } from './TangentPlane'
import { TangentSlider } from './TangentSlider'
import { useSettledCode } from './useSettledCode'
import { useTangents } from './useTangents'

/** Of codes of more units all columns of the Jacobian take seconds: they are computed when they are asked for. */
const MOST_UNASKED = 128

interface TangentPanelProps {
  readonly store: ExplorerStore
  readonly model: BrowserModel | null
  readonly size: number
  /** Codes of test examples, `[n, size]`. */
  readonly codes: Float32Array
  readonly exampleShape: readonly number[]
  /** Test points, of data that is points; null otherwise. */
  readonly points: Float32Array | null
}

/** Shows in which directions the decoder lets an example vary at the present code, and moves the code along its surface. */
export function TangentPanel({ store, model, size, codes, exampleShape, points }: TangentPanelProps) {
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '300px' })
  const [wasNear, setNear] = useState(false)
  if (entry?.isIntersecting && !wasNear) setNear(true)
  const own = useRef<Float32Array>(null)
  const [code, setCode] = useSettledCode(store, own)
  const [asked, setAsked] = useState<Float32Array | null>(null)
  const isLong = size > MOST_UNASKED
  const wanted = !wasNear ? null : isLong ? asked : code
  const { answer, error, retry } = useTangents(model, wanted)
  const takeHere = () => {
    own.current = null
    const now = store.code.values.slice()
    setCode(now)
    setAsked(now)
  }
  return (
    <PageSection
      id="run-tangents"
      title="Tangents"
      note="Directions in which the decoder lets an example vary at the present code, the strongest first"
    >
      <div ref={ref} className={classes.root}>
        <div className={classes.tools}>
          <Button variant="default" size="compact-xs" disabled={model === null} onClick={takeHere}>
            {isLong && !answer ? `Compute the tangents: a product for each of ${size} units` : 'Take the tangents at the present code'}
          </Button>
          <span className={classes.hint}>
            Each slider goes along the surface of what the decoder draws, from the code at which the tangents were taken. Images: grey is no
            change.
          </span>
        </div>
        {error && (
          <p className={classes.problem} role="alert">
            The tangents could not be computed: {error.message}{' '}
            <Button variant="default" size="compact-xs" onClick={retry}>
              Try again
            </Button>
          </p>
        )}
        {answer ? (
          answer.found.count === 0 ? (
            <p className={classes.hint}>Here the decoder draws the same for every code nearby: there is no tangent.</p>
          ) : (
            <div className={classes.body}>
              <ol className={classes.list} aria-label="Tangents" data-testid="tangents">
                {Array.from({ length: answer.found.count }, (_, index) => (
                  <TangentSlider
                    // biome-ignore lint/suspicious/noArrayIndexKey: a tangent is known by its place
                    key={index}
                    store={store}
                    model={model}
                    tangents={answer}
                    index={index}
                    codes={codes}
                    exampleShape={exampleShape}
                    onMove={(moved) => {
                      own.current = moved
                    }}
                  />
                ))}
              </ol>
              {points && arePlanePoints(exampleShape) && <TangentPlane model={model} points={points} tangents={answer} />}
            </div>
          )
        ) : (
          wanted && !error && <Skeleton height={120} />
        )}
      </div>
    </PageSection>
  )
}
