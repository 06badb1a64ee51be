import { RunStatus } from '../../generated/prisma/enums.js'
import { builder } from './builder.js'

export const RunStatusType = builder.enumType(RunStatus, {
  name: 'RunStatus',
  description: 'QUEUED and RUNNING runs are active; STOPPED and FAILED ones can be resumed.',
})

export const RunErrorType = builder.objectRef<{ code: string; message: string }>('RunError').implement({
  description: 'Why a run failed.',
  fields: (t) => ({ code: t.exposeString('code'), message: t.exposeString('message') }),
})

/** Gives a stored failure as the API has it; null where there is none. */
export function describeError({ errorCode, errorMessage }: { errorCode: string | null; errorMessage: string | null }) {
  return errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' }
}
