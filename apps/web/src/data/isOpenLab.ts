import { readLab } from './readLab'

let known: boolean | undefined

/** Whether everybody on the network may use the lab; false where it does not answer. */
export async function isOpenLab(): Promise<boolean> {
  known ??= (await readLab<{ readonly isOpen: boolean }>('isOpen'))?.isOpen
  return known ?? false
}
