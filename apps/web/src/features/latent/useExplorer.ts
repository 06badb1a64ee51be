'use client'
import { useSyncExternalStore } from 'react'
import type { ExplorerState, ExplorerStore } from './explorerStore'

/** Reads the explorer's state, without the code, and draws anew when it changes. */
export function useExplorer(store: ExplorerStore): ExplorerState {
  return useSyncExternalStore(store.subscribe, store.get, store.get)
}

/** Reads whether there is something to undo, or to redo. */
export function useExplorerSteps(store: ExplorerStore): ReturnType<ExplorerStore['can']> {
  return useSyncExternalStore(store.subscribe, store.can, store.can)
}
