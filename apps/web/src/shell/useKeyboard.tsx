'use client'

import { useHotkeys, useLocalStorage } from '@mantine/hooks'
import { useRouter } from 'next/navigation'
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { places } from './places'

// Nobody who needs neither loads them.
const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette')).CommandPalette }))
const ShortcutsDialog = lazy(async () => ({ default: (await import('./ShortcutsDialog')).ShortcutsDialog }))

type Shown = 'palette' | 'shortcuts' | null

export interface Keyboard {
  readonly openPalette: () => void
  /** What is opened by keys. */
  readonly element: ReactNode
}

/** Listens to the keys that do something on every page. None does while somebody types in a field, or a dialog is open. */
export function useKeyboard(): Keyboard {
  const router = useRouter()
  const [shown, setShown] = useState<Shown>(null)
  const [wasOpened, setWasOpened] = useState(false)
  const [isOn, setOn] = useLocalStorage({ key: 'hourglass.keys', defaultValue: true })
  const unlessBusy = (action: () => void) => () => {
    if (!document.querySelector('[role="dialog"]')) action()
  }
  const openPalette = useCallback(() => {
    setWasOpened(true)
    setShown('palette')
  }, [])
  const showShortcuts = unlessBusy(() => setShown('shortcuts'))
  useHotkeys([
    ['mod+K', unlessBusy(openPalette)],
    // Where the question mark is on the keyboard depends on the language.
    ['?', showShortcuts],
    ['shift+?', showShortcuts],
    ...places.flatMap(({ href, key }): [string, () => void, { preventDefault: boolean }][] =>
      key === null || !isOn ? [] : [[key, unlessBusy(() => router.push(href)), { preventDefault: false }]],
    ),
  ])
  const close = useCallback((closed: Shown) => setShown((current) => (current === closed ? null : current)), [])
  return {
    openPalette,
    element: (
      <Suspense fallback={null}>
        {wasOpened ? (
          <CommandPalette isOpen={shown === 'palette'} onClose={() => close('palette')} onShortcuts={() => setShown('shortcuts')} />
        ) : null}
        {shown === 'shortcuts' ? <ShortcutsDialog onClose={() => close('shortcuts')} isOn={isOn} onOn={setOn} /> : null}
      </Suspense>
    ),
  }
}
