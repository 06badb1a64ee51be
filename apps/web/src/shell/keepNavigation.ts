/** A navigation that has begun: the page it leaves and the address it goes to. */
interface Navigation {
  readonly from: string
  readonly to: string
}

let current: Navigation | null = null
let isGuarded = false

/**
 * Lets a navigation that begins come to its end.
 *
 * Views write themselves into the address a moment after they change, and Next.js takes such a write for a navigation to where one
 * already is, before which it gives up the one on its way: a link that was followed right after a tick led nowhere. Until the new
 * page is there, what the old one writes goes into the browser's history alone, where it is when one comes back.
 */
export function keepNavigation(href: string): void {
  const to = new URL(href, location.href).href
  current = to === location.href ? null : { from: location.pathname, to }
  if (isGuarded) return
  isGuarded = true
  const write = history.replaceState
  history.replaceState = (state, unused, url) => {
    if (isUnderWay() && !isOfRouter(state)) History.prototype.replaceState.call(history, history.state, unused, url)
    else write.call(history, state, unused, url)
  }
}

function isUnderWay(): boolean {
  if (current && (location.href === current.to || location.pathname !== current.from)) current = null
  return current !== null
}

/** Whether the router itself writes, which marks what it writes. */
function isOfRouter(state: unknown): boolean {
  return typeof state === 'object' && state !== null && '__NA' in state
}
