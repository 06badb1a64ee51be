'use client'
import { Button } from '@mantine/core'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { UnreadableRuns } from '../../entities/run/UnreadableRuns'
import { useComparedRuns } from '../../entities/run/useComparedRuns'
import classes from './AcrossPage.module.css'
import { AcrossRuns } from './AcrossRuns'
import { type AcrossView, acrossView, acrossViewOptions, MOST_ACROSS } from './acrossView'

/** Curves are not drawn here: they are read as short as the server gives them. */
const FEWEST_POINTS = 4

/** Composes the page on which the same example, path or arithmetic goes through the latent spaces of several runs. */
export function AcrossPage() {
  const [view, setView] = useQueryStates(acrossView, acrossViewOptions)
  const asked = [...new Set(view.runs)]
  const ids = asked.slice(0, MOST_ACROSS)
  const { runs, unreadable, missing, loading } = useComparedRuns(ids, { maxPoints: FEWEST_POINTS })
  const shape = runs[0]?.dataset.exampleShape.join(' × ') ?? null
  const others = runs.filter(({ dataset }) => dataset.exampleShape.join(' × ') !== shape)
  const shown = runs.filter((run) => !others.includes(run))
  const [first, ...rest] = shown
  const takeOut = (gone: readonly string[]) => {
    const left = view.runs.flatMap((id, place) => (gone.includes(id) ? [] : [{ id, epoch: view.epochs[place] ?? 0 }]))
    void setView({ runs: left.map(({ id }) => id), epochs: left.some(({ epoch }) => epoch > 0) ? left.map(({ epoch }) => epoch) : null })
  }
  return (
    <>
      <div className={classes.title}>
        <h1 className={classes.heading}>
          {shown.length > 0 ? `Latent spaces of ${shown.length === 1 ? '1 run' : `${shown.length} runs`}` : 'Latent spaces'}
        </h1>
        {ids.length > 1 && (
          <Link className={classes.text} href={`/compare?runs=${ids.map(encodeURIComponent).join(',')}`}>
            Compare them
          </Link>
        )}
      </div>
      {asked.length > MOST_ACROSS && (
        <p className={classes.text} role="status">
          {MOST_ACROSS} runs go side by side here; the other {asked.length - MOST_ACROSS} are left out.
        </p>
      )}
      {missing.length > 0 && (
        <p className={classes.text} role="status">
          There {missing.length === 1 ? 'is no run' : 'are no runs'} {new Intl.ListFormat('en').format(missing.map((id) => `“${id}”`))}; it
          may have been deleted. The others go on.{' '}
          <button type="button" className={classes.link} onClick={() => takeOut(missing)}>
            Take out
          </button>
        </p>
      )}
      <UnreadableRuns runs={unreadable} />
      {others.length > 0 && (
        <p className={classes.text} role="status">
          {new Intl.ListFormat('en').format(others.map(({ number, name }) => `${number} ${name}`))}{' '}
          {others.length === 1 ? 'was trained on examples' : 'were trained on examples'} of another shape than {shape}, which{' '}
          {first ? `${first.number} ${first.name}` : 'the first run'} has: what goes through one cannot go through the other. The others go
          on.{' '}
          <button type="button" className={classes.link} onClick={() => takeOut(others.map(({ id }) => id))}>
            Take out
          </button>
        </p>
      )}
      {first ? (
        <AcrossRuns key={shape} runs={[first, ...rest]} view={view} onView={(changes: Partial<AcrossView>) => void setView(changes)} />
      ) : (
        !loading && (
          <div className={classes.empty}>
            <p className={classes.text}>
              Select up to {MOST_ACROSS} runs in the table, of any architectures, on data of one shape, to send the same image through all
              of them.
            </p>
            <Button component={Link} href="/runs">
              Choose runs
            </Button>
          </div>
        )
      )}
    </>
  )
}
