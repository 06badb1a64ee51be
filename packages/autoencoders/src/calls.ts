export {
  type CodedChoice,
  codedChoices,
  type ModelCall,
  type ModelCallOf,
  type ModelReply,
  modelCallSchema,
  modelReplySchema,
} from './calls/ModelCall.js'
export { type WorkerTaskCommand, type WorkerTaskName, type WorkerTaskReport, workerTasks } from './calls/WorkerTask.js'
