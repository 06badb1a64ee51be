import { BehaviorSubject } from 'rxjs'

/** Names of the keys that the table of runs shows beside what every row has: what is told of runs brings them along. */
export const shownColumns = new BehaviorSubject<readonly string[]>([])
