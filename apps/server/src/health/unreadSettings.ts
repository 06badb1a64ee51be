import type { Transaction } from '../database/Database.js'
import { readQueueRest } from '../runs/queue/queueRest.js'
import { readRetentionProgress } from '../storage/retentionProgress.js'

/** Says of each setting of the whole lab that this version cannot read what that means, and what to do. */
export async function unreadSettings(read: Pick<Transaction, '$queryRaw'>): Promise<readonly string[]> {
  const { problem } = await readQueueRest(read)
  const retention = await readRetentionProgress(read)
  return [
    ...(problem === null
      ? []
      : [`Whether the queue rests cannot be read, so that it does: ${sentence(problem)} Resume the queue to let runs train.`]),
    ...(retention && 'problem' in retention
      ? [
          `How far retention was cannot be read, so that it does not go on: ${sentence(retention.problem)} Apply it again on the page Storage.`,
        ]
      : []),
  ]
}

const sentence = (text: string) => (text.endsWith('.') ? text : `${text}.`)
