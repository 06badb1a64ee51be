import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Rooms whose files take long, in the order in which they begin; the files of all others fill what is left at the end. */
const LONG = ['whole', 'server', 'science', 'packages']

/** Begins files that take long before those that do not: one that begins last would be alone while all other cores have nothing to do. */
export class LongRoomsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ project }: TestSpecification) => (LONG.includes(project.name) ? LONG.indexOf(project.name) : LONG.length)
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b))
  }
}
