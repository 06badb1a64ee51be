import { readLab } from './readLab'

let isKnownToBeUsed = false

/** Whether nobody has launched a run yet. False where the lab does not answer: the table of runs then says what is the matter. */
export async function isFreshLab(): Promise<boolean> {
  // Once used a lab stays so.
  if (isKnownToBeUsed) return false
  const lab = await readLab<{ readonly isFresh: boolean }>('isFresh')
  isKnownToBeUsed = lab?.isFresh === false
  return lab?.isFresh === true
}
