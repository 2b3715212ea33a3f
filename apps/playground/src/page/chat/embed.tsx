import type { JSX } from 'preact'
import type { Embed, EmbedField } from '../discord/types.ts'
import { locale } from '../state/world.ts'
import { RichLine, RichText } from '../text/rich-text.tsx'
import { Picture } from './picture.tsx'

/** A field's name that shows nothing. */
const BLANK = /^[\s\u200B]*$/

export function EmbedView({ embed }: { embed: Embed }): JSX.Element {
  const { author, title, url, description, fields = [], image, thumbnail, footer, timestamp, color } = embed
  const edge = color === undefined || color === 0 ? undefined : `#${color.toString(16).padStart(6, '0')}`
  return (
    <section class="embed" style={edge === undefined ? {} : { '--edge': edge }} aria-label={title ?? author?.name ?? 'Embed'}>
      <div class="embed-main">
        {author !== undefined && <p class="embed-author">{author.name}</p>}
        {title !== undefined && <p class="embed-title" role="heading" aria-level={4}>{url === undefined ? <RichLine text={title} /> : <a href={url} target="_blank" rel="noopener noreferrer nofollow"><RichLine text={title} /></a>}</p>}
        {description !== undefined && <RichText text={description} />}
        {fields.length > 0 && <div class="fields">{fields.map((field, index) => <Field key={index} field={field} />)}</div>}
      </div>
      {thumbnail !== undefined && <Picture url={thumbnail.url} name="thumbnail" className="thumbnail" />}
      {image !== undefined && <Picture url={image.url} name={title ?? 'image'} className="embed-image" />}
      {(footer !== undefined || timestamp !== undefined) && (
        <p class="embed-footer">{[footer?.text, timestamp === undefined ? undefined : new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(timestamp))].filter((part) => part !== undefined).join(' · ')}</p>
      )}
    </section>
  )
}

function Field({ field: { name, value, inline } }: { field: EmbedField }): JSX.Element {
  return (
    <div class={`field ${inline === true ? 'inline' : ''}`}>
      {!BLANK.test(name) && <p class="field-name"><RichLine text={name} /></p>}
      <RichText text={value} />
    </div>
  )
}
