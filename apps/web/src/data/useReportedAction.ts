import { notifications } from '@mantine/notifications'
import { useCallback, useRef } from 'react'
import { toApiError } from './apiError'

/** Wraps an action so that its failure becomes a notification. The wrapped action tells whether it succeeded, and never throws. */
export function useReportedAction<Arguments extends readonly unknown[]>(
  title: string,
  action: (...given: Arguments) => Promise<unknown>,
): (...given: Arguments) => Promise<boolean> {
  const latest = useRef(action)
  latest.current = action
  return useCallback(
    async (...given: Arguments) => {
      try {
        await latest.current(...given)
        return true
      } catch (error) {
        notifications.show({ title, message: toApiError(error).message, color: 'red' })
        return false
      }
    },
    [title],
  )
}
