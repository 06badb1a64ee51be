import type { ReactNode } from 'react'
import textButton from '../../../ui/textButton.module.css'
import classes from './LiveFrame.module.css'
import type { FetchedModels } from './useShippedModels'

interface LiveFrameProps extends Partial<Pick<FetchedModels, 'place' | 'problem' | 'again'>> {
  readonly testId: string
  readonly caption: string
  /** Worked out of what the figure shows now. */
  readonly told: string | null
  readonly onReset: (() => void) | null
  /** Height of the figure in relation to its width: its place is kept until it is there. */
  readonly ratio: number
  /** Null until the models are there. */
  readonly children: ReactNode
  /** Below the drawing: what it is moved by. */
  readonly controls?: ReactNode
}

/** Frames a figure that is computed in the page: the drawing, what moves it, and what it comes to. */
export function LiveFrame({ place, problem = null, again, testId, caption, told, onReset, ratio, children, controls }: LiveFrameProps) {
  return (
    <figure className={classes.root} data-testid={testId} ref={place} data-ready={children !== null}>
      {children ?? (
        <div className={classes.waiting} style={{ aspectRatio: 1 / ratio }}>
          {problem === null ? null : (
            <p role="alert">
              {problem}{' '}
              <button type="button" className={textButton.button} onClick={again}>
                Fetch them again
              </button>
            </p>
          )}
        </div>
      )}
      {controls}
      <figcaption className={classes.caption}>
        {told === null ? null : <output className={classes.told}>{told}</output>} {caption}{' '}
        {onReset ? (
          <button type="button" className={textButton.button} onClick={onReset}>
            As at first
          </button>
        ) : null}
      </figcaption>
    </figure>
  )
}
