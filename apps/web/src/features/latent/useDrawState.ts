'use client'
import { useSyncExternalStore } from 'react'
import type { DrawState, DrawStore } from './drawStore'

/** Reads what is drawn, and draws anew when it changes. */
export function useDrawState(store: DrawStore): DrawState {
  return useSyncExternalStore(store.subscribe, store.get, store.get)
}
