import type { ApolloCache } from '@apollo/client'
import { PauseQueueDocument, ResumeQueueDocument } from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'
import { writeQueuePaused } from '../../data/writeQueuePaused'

/** Gives no waiting run to a worker until the queue is resumed. */
export const pauseQueue = defineAction({
  document: PauseQueueDocument,
  failure: 'The queue was not paused',
  update: (cache: ApolloCache, { pauseQueue: { queuePaused } }) => writeQueuePaused(cache, queuePaused),
})

/** Lets waiting runs be given to workers again. */
export const resumeQueue = defineAction({
  document: ResumeQueueDocument,
  failure: 'The queue was not resumed',
  update: (cache: ApolloCache, { resumeQueue: { queuePaused } }) => writeQueuePaused(cache, queuePaused),
})
