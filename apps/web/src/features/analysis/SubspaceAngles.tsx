import { formatCounted } from '../../ui/formatQuantity'
import classes from './AnalysisSection.module.css'

/** Says how far the space that a linear decoder reaches is from that of PCA. */
export function SubspaceAngles({ angles }: { readonly angles: readonly number[] }) {
  const degrees = angles.map((angle) => `${((angle * 180) / Math.PI).toFixed(1)}°`)
  const shown = degrees.length > 8 ? [...degrees.slice(0, 4), '…', ...degrees.slice(-3)] : degrees
  return (
    <p className={classes.note}>
      {degrees.length === 1 ? 'Angle' : 'Angles'} between the space of this linear decoder and that of{' '}
      {formatCounted(degrees.length, 'principal component')}: {shown.join(', ')}. 0° is the same direction.
    </p>
  )
}
