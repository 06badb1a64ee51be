export { type Completion, type CompletionOption, completeQuery } from './completeQuery.js'
export { foldText, orderKey } from './foldText.js'
export { eitherOf, type FoundKey, KeyBook } from './KeyBook.js'
export { parseQuery } from './parseQuery.js'
export { MAXIMUM_QUERY_LENGTH } from './parseSyntax.js'
export { printQuery, printText } from './printQuery.js'
export { QueryError } from './QueryError.js'
export { type KeyType, keyTypes, type QueryKey } from './QueryKey.js'
export {
  type Ago,
  type AgoUnit,
  agoUnits,
  type Comparison,
  keyOfPart,
  partsOf,
  type QueryOperator,
  type QueryValue,
  queryOperators,
  type RunFlag,
  type RunQuery,
  runFlags,
} from './RunQuery.js'
export { isMoment } from './resolveQuery.js'
