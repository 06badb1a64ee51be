import { toLabel } from '@hourglass/autoencoders'
import { IconDownload } from '@tabler/icons-react'
import classes from './RunFiles.module.css'

export interface OnnxModel {
  /** As the API writes it, `ENCODER`. */
  readonly part: string
  readonly epoch: number
  readonly url: string
}

/** Offers the trained model, whole and in halves, to other programs. */
export function OnnxDownloads({ models }: { readonly models: readonly OnnxModel[] }) {
  const [first] = models
  if (!first) return null
  return (
    <div className={classes.group}>
      <table className={classes.table}>
        <caption>
          ONNX models <span className={classes.note}>epoch {first.epoch}, for any ONNX runtime</span>
        </caption>
        <tbody>
          {models.map(({ part, url }) => (
            <tr key={part}>
              <th scope="row">{toLabel(part.toLowerCase())}</th>
              <td />
              <td>
                <a className={classes.link} href={url} download aria-label={`Download ONNX: ${part.toLowerCase()}`}>
                  <IconDownload size={14} aria-hidden /> Download
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
