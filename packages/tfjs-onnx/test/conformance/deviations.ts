const lucky = 'wants the deviation of a sample within 0.6 of that before truncation, of which the distribution has 0.88'

/** Specs whose expectation is known to be wrong, with the reason. */
export const deviations: Readonly<Record<string, string>> = {
  'truncatedNormal should return a 2D int32 array': lucky,
  'avgPool gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'tfjs divides by the size of the window where its forward pass divides by the elements on the image: its gradient is not that of what it computes',
}
