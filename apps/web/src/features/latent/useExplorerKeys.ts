'use client'
import type { ExplorerStore } from './explorerStore'

/** Fields in which the browser itself takes back what was typed. */
const TYPED = 'textarea, input:not([type=range]):not([type=radio]):not([type=checkbox])'

/** Undoes and does again by the keys that do so everywhere, unless somebody types. */
export function useExplorerKeys({ undo, redo }: ExplorerStore): { readonly onKeyDown: (event: React.KeyboardEvent) => void } {
  return {
    onKeyDown(event) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (event.target as Element).matches(TYPED)) return
      const key = event.key.toLowerCase()
      const act = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : null
      if (act === null) return
      event.preventDefault()
      act()
    },
  }
}
