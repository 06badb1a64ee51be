/** Specs whose expectation is known to be wrong, with the reason; the op table of README.md tells of each. */
export const deviations: Readonly<Record<string, string>> = {
  'avgPool gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'tfjs divides by the size of the window where its forward pass divides by the elements on the image: its gradient is not that of what it computes',
}
