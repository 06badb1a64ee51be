import { Alert } from '@mantine/core'
import { type ApiError, UNREACHABLE } from '../../data/apiError'

interface NotReadProps {
  readonly error: ApiError | undefined
  /** Whether what is shown was read for another filter, order or grouping. */
  readonly isOfBefore: boolean
}

/** Stands above rows that are not what was asked for, and says why. That the server is away is said elsewhere, unless the rows are others. */
export function NotRead({ error, isOfBefore }: NotReadProps) {
  if (!error || (error.code === UNREACHABLE && !isOfBefore)) return null
  return (
    <Alert color="red" variant="light" role="alert" p="xs" mb="xs">
      {isOfBefore ? 'What is shown is from before the last change of filter, order or groups. ' : 'What is shown may be out of date. '}
      {error.code === UNREACHABLE ? 'The server does not answer.' : error.message}
    </Alert>
  )
}
