import { useRouter } from 'next/navigation'
import { type RefObject, useEffect } from 'react'

/** What does something of its own when it is clicked. */
const OWN = 'a, button, input, label, [role="menu"]'

/**
 * Has a click anywhere in a row open its run: the link in a column that stays in its place covers that column alone. Keyboard and screen readers have the
 * link itself.
 */
export function useRowLinks(table: RefObject<HTMLElement | null>): void {
  const router = useRouter()
  useEffect(() => {
    const element = table.current
    const open = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest(OWN) || window.getSelection()?.isCollapsed === false) return
      const link = event.target.closest('tr[data-run]')?.querySelector<HTMLAnchorElement>('a[href^="/runs/"]')
      const path = link?.getAttribute('href')
      if (!path || event.button > 1) return
      if (event.button === 1 || event.metaKey || event.ctrlKey) window.open(path, '_blank', 'noopener')
      else router.push(path)
    }
    element?.addEventListener('click', open)
    element?.addEventListener('auxclick', open)
    return () => {
      element?.removeEventListener('click', open)
      element?.removeEventListener('auxclick', open)
    }
  }, [table, router])
}
