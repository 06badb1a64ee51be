/** A navigation that has begun: the page it leaves and the address it goes to. */
interface Navigation {
  /** Path of the page that it leaves. */
  readonly from: string
  /** Whole address of that page as it was when the navigation began. */
  readonly left: string
  readonly to: string
}

let current: Navigation | null = null
/** What the page that is left has written into its address since. */
let kept: string | null = null
let isGuarded = false

/**
 * Lets a navigation that begins come to its end.
 *
 * Views write themselves into the address a moment after they change, and Next.js takes such a write for a navigation to where one
 * already is, before which it gives up the one on its way: a link that was followed right after a tick led nowhere. Until the new
 * page is there, what the old one writes goes into the browser's history alone, where it is when one comes back; the router, which
 * does not know of it, may write the address that it knows once more meanwhile, and does not undo it by that.
 */
export function keepNavigation(href: string): void {
  const to = new URL(href, location.href).href
  current = to === location.href ? null : { from: location.pathname, left: location.href, to }
  kept = null
  if (isGuarded) return
  isGuarded = true
  const write = history.replaceState
  history.replaceState = (state, unused, url) => {
    if (!isUnderWay()) write.call(history, state, unused, url)
    else if (!isOfRouter(state)) {
      kept = absolute(url)
      History.prototype.replaceState.call(history, history.state, unused, url)
    } else write.call(history, state, unused, kept !== null && absolute(url) === current?.left ? kept : url)
  }
}

const absolute = (url: string | URL | null | undefined) => new URL(url ?? '', location.href).href

function isUnderWay(): boolean {
  if (current && (location.href === current.to || location.pathname !== current.from)) current = null
  return current !== null
}

/** Whether the router itself writes, which marks what it writes. */
function isOfRouter(state: unknown): boolean {
  return typeof state === 'object' && state !== null && '__NA' in state
}
