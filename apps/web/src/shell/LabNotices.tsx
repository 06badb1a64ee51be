'use client'

import { useRefusal } from '../data/refusals'
import { useUnfollowed } from '../data/unfollowed'
import { useNow } from '../ui/useNow'
import classes from './LabNotices.module.css'
import { useObstacle } from './useObstacle'

/** What there is too much of, by the API's name of the limit. */
const subjects: Readonly<Record<string, string>> = {
  requests: 'requests',
  bytes: 'data',
  workSeconds: 'work',
  sockets: 'open pages',
  subscriptions: 'runs that are followed',
  inputBytes: 'what was sent and waits',
}

/** Obstacles that go away once somebody does what they ask for, and writes go on. */
const passing: ReadonlySet<string> = new Set(['STORE_BUSY', 'STORE_READ_ONLY', 'DISK_FULL'])

/** Tells on every page what the lab waits for, and what it gives this browser no more of for now, and what of the page is out of date. */
export function LabNotices() {
  const obstacle = useObstacle()
  const refusal = useRefusal()
  const unfollowed = useUnfollowed()
  return (
    <div aria-live="assertive">
      {obstacle && (
        <p className={classes.note} data-obstacle={obstacle.code}>
          {obstacle.message}
          {passing.has(obstacle.code) && ' Runs that train pause until then; nothing that is stored is lost.'}
        </p>
      )}
      {refusal && (
        <p className={classes.note} data-refused={refusal.limit}>
          Too much for one browser at a time ({subjects[refusal.limit] ?? refusal.limit}): the lab answers it again in{' '}
          <Countdown until={refusal.until} />, and this page goes on by itself.
        </p>
      )}
      {unfollowed.map(({ what, message, isGivenUp }) => (
        <p key={what} className={classes.note} data-unfollowed={what}>
          {what} may be out of date. {message}{' '}
          {isGivenUp ? 'Reload the page to follow it again.' : 'The page tries to follow it again by itself.'}
        </p>
      ))}
    </div>
  )
}

function Countdown({ until }: { readonly until: number }) {
  const now = useNow()
  // A timer is not read out every second.
  return <span role="timer">{Math.max(1, Math.ceil((until - now) / 1000))} s</span>
}
