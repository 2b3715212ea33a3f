import type { JSX } from 'preact'
import type { Attachment, Embed } from '../discord/types.ts'
import { ownUrl } from '../net/api.ts'
import { Icon } from '../sides/icon.tsx'
import { Picture } from './picture.tsx'

/** A message's files, without those that stand in its embeds. */
export function Attachments({ list, embeds }: { list: readonly Attachment[]; embeds: readonly Embed[] }): JSX.Element | null {
  const shown = new Set(embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]))
  const rest = list.filter(({ url }) => !shown.has(url))
  return rest.length === 0 ? null : <div class="attachments">{rest.map((each) => <AttachmentView key={each.id} attachment={each} />)}</div>
}

function AttachmentView({ attachment: { filename, url, size, content_type: type, description } }: { attachment: Attachment }): JSX.Element {
  if (type?.startsWith('image/') === true) return <Picture url={url} name={description ?? filename} className="attached" />
  return (
    <a class="file" href={ownUrl(url) ?? url} download={filename}>
      <Icon name="file" size={26} /><span><strong>{filename}</strong><small>{fileSize(size)}</small></span>
    </a>
  )
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}
