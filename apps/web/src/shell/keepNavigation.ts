/** A navigation that has begun: the page it leaves and the address it goes to. */
interface Navigation {
  /** Path of the page that it leaves. */
  readonly from: string
  readonly to: string
}

let current: Navigation | null = null
/** The whole address that the present page wrote last, or had when a navigation away from it began. */
let newest: string | null = null
let isGuarded = false

/**
 * Lets a navigation that begins come to its end.
 *
 * Views write themselves into the address a moment after they change, and Next.js takes such a write for a navigation to where one
 * already is, before which it gives up the one on its way: a link that was followed right after a tick led nowhere. Until the new
 * page is there, what the old one writes goes into the browser's history alone, where it is when one comes back. The router takes in
 * what pages write late, and writes the address that it knows once more meanwhile: it does not undo what is newer by that.
 */
export function keepNavigation(href: string): void {
  guardHistory()
  const to = new URL(href, location.href).href
  current = to === location.href ? null : { from: location.pathname, to }
  if (!current) return
  if (!isOfPage(newest)) newest = location.href
  else if (newest !== location.href) History.prototype.replaceState.call(history, history.state, '', newest)
}

/** Begins to listen to who writes the address, once the router does. */
export function guardHistory(): void {
  if (isGuarded || !Object.hasOwn(history, 'replaceState')) return
  isGuarded = true
  const { pushState: push, replaceState: write } = history
  history.replaceState = (state, unused, url) => {
    const isLeft = isUnderWay()
    if (isOfRouter(state)) {
      const isLate = isLeft && absolute(url) !== current?.to && isOfPage(absolute(url))
      if (isLeft && !isLate) newest = null
      return write.call(history, state, unused, isLate ? newest : url)
    }
    newest = absolute(url)
    if (isLeft) History.prototype.replaceState.call(history, history.state, unused, url)
    else write.call(history, state, unused, url)
  }
  history.pushState = (state, unused, url) => {
    newest = isOfRouter(state) ? null : absolute(url)
    push.call(history, state, unused, url)
  }
  addEventListener('popstate', () => {
    current = null
    newest = null
  })
}

const absolute = (url: string | URL | null | undefined) => new URL(url ?? '', location.href).href

/** Whether an address is one of the page that is shown. */
const isOfPage = (href: string | null) => href !== null && new URL(href).pathname === location.pathname

function isUnderWay(): boolean {
  if (current && (location.href === current.to || location.pathname !== current.from)) current = null
  return current !== null
}

/** Whether the router itself writes, which marks what it writes. */
function isOfRouter(state: unknown): boolean {
  return typeof state === 'object' && state !== null && '__NA' in state
}
