import { LAB_STARTING } from './apiError'
import { getConnectionStatus, setConnectionStatus } from './connectionStatus'
import { refuseFor } from './refusals'

const EVERY_MS = 1_000
/** A lab that hangs answers nothing. */
const PATIENCE_MS = 3_000

let isWatching = false

/** Records that the live connection was lost and finds out, until it is there again, whether the lab is restarting or nothing answers. */
export async function watchRestart(): Promise<void> {
  // Every attempt to connect again that fails ends here, too.
  if (getConnectionStatus() !== 'restarting') setConnectionStatus('lost')
  if (isWatching) return
  isWatching = true
  while (getConnectionStatus() !== 'connected') {
    const isStarting = await asksToWait()
    if (getConnectionStatus() === 'connected') break
    // An answer without that code is an API that is there: what is missing is the connection alone.
    setConnectionStatus(isStarting ? 'restarting' : 'lost')
    await new Promise((later) => setTimeout(later, EVERY_MS))
  }
  isWatching = false
}

async function asksToWait(): Promise<boolean> {
  try {
    const response = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) })
    const seconds = Number(response.headers.get('retry-after'))
    if (response.status === 429) refuseFor('requests', seconds > 0 ? seconds : 10)
    return response.status === 503 && (await response.text()).includes(LAB_STARTING)
  } catch {
    return false
  }
}
