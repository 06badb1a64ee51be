import { useSyncExternalStore } from 'react'

/** `restarting`: the connection was lost because the lab starts again; the dashboard itself answers. */
export type ConnectionStatus = 'connecting' | 'connected' | 'lost' | 'restarting'

let status: ConnectionStatus = 'connecting'
const listeners = new Set<() => void>()

/** Reads how the live connection to the API is doing. */
export function getConnectionStatus(): ConnectionStatus {
  return status
}

/** Records how the live connection to the API is doing, and tells everybody who shows it. */
export function setConnectionStatus(next: ConnectionStatus): void {
  if (next === status) return
  status = next
  for (const listener of listeners) listener()
}

/** Calls the listener at every change; returns what ends that. */
function onConnectionStatus(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls the listener whenever a connection that was lost is there again; returns what ends that. */
export function onReconnected(listener: () => void): () => void {
  let previous = status
  return onConnectionStatus(() => {
    const isBack = status === 'connected' && (previous === 'lost' || previous === 'restarting')
    previous = status
    if (isBack) listener()
  })
}

/** Follows the live connection's status. */
export function useConnectionStatus(): ConnectionStatus {
  return useSyncExternalStore(onConnectionStatus, getConnectionStatus, () => 'connecting')
}
