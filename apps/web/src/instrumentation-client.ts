/** Next.js loads this file before any page. */
import { keepNavigation } from './shell/keepNavigation'

/** Next.js calls this as a navigation begins. */
export function onRouterTransitionStart(href: string): void {
  keepNavigation(href)
}
