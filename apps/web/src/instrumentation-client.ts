/** Next.js loads this file before any page. */
import { guardHistory, keepNavigation } from './shell/keepNavigation'

/** Next.js calls this as a navigation begins. */
export function onRouterTransitionStart(href: string): void {
  keepNavigation(href)
}

// Whoever follows a link presses something before.
for (const press of ['pointerdown', 'keydown']) addEventListener(press, guardHistory, { capture: true, passive: true })
