import type { ApolloCache } from '@apollo/client'
import { PauseQueueDocument, ResumeQueueDocument } from '../../data/generated/graphql'
import { writeQueue } from '../../data/labQueue'
import { defineAction } from '../../data/useAction'

/** Gives no waiting run to a worker until the queue is resumed. */
export const pauseQueue = defineAction({
  document: PauseQueueDocument,
  failure: 'The queue was not paused',
  update: (cache: ApolloCache, { pauseQueue: { queuePaused } }) => writeQueue(cache, { queuePaused }),
})

/** Lets waiting runs be given to workers again. */
export const resumeQueue = defineAction({
  document: ResumeQueueDocument,
  failure: 'The queue was not resumed',
  update: (cache: ApolloCache, { resumeQueue: { queuePaused } }) => writeQueue(cache, { queuePaused }),
})
