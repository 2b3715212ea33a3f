import type { JSX } from 'preact'
import type { Message } from '../discord/types.ts'
import { Avatar } from '../sides/avatar.tsx'
import { Icon } from '../sides/icon.tsx'
import { failed } from '../state/acting.ts'
import { interactions } from '../state/activity.ts'
import { hideMessage } from '../state/messages.ts'
import { locale, myself } from '../state/world.ts'
import { RichText } from '../text/rich-text.tsx'
import { Attachments } from './attachments.tsx'
import { Components } from './components.tsx'
import { EmbedView } from './embed.tsx'

const LOADING = 1 << 7
/** Messages of one author within this time stand together. */
const TOGETHER_MS = 5 * 60_000

/** A message as Discord shows it. */
export function MessageView({ message, previous }: { message: Message; previous: Message | undefined }): JSX.Element {
  const { author, content, embeds, attachments, components = [], ephemeral, interaction, referenced_message: repliedTo } = message
  const name = author.global_name ?? author.username
  const loading = ((message.flags ?? 0) & LOADING) !== 0
  const isReply = interaction !== undefined || (repliedTo !== null && repliedTo !== undefined)
  const grouped = !isReply && previous !== undefined && previous.author.id === author.id && !previous.ephemeral && !ephemeral && Date.parse(message.timestamp) - Date.parse(previous.timestamp) < TOGETHER_MS
  const pinged = message.pings.includes(myself.value?.id ?? '')
  const error = failed.value.get(message.id)
  return (
    <article class={`message ${grouped ? 'grouped' : ''} ${ephemeral ? 'only-me' : ''} ${pinged ? 'pinged' : ''}`} aria-label={`${name}${ephemeral ? ', only you can see this' : ''}`} data-message={message.id}>
      {interaction !== undefined && <p class="used"><Avatar id={interaction.user.id} name={displayName(interaction.user)} small /><strong>{displayName(interaction.user)}</strong> used <span class="mention">{commandOf(message) ?? `/${interaction.name}`}</span></p>}
      {interaction === undefined && repliedTo && <p class="used"><Icon name="reply" size={14} /><strong>{displayName(repliedTo.author)}</strong> <span class="excerpt">{repliedTo.content.slice(0, 80) || 'a message'}</span></p>}
      {!grouped && <Avatar id={author.id} name={name} bot={author.bot === true} />}
      <div class="body">
        {!grouped && (
          <p class="who">
            <strong class="author">{name}</strong>
            {author.bot === true && <span class="badge">APP</span>}
            <time class="stamp" dateTime={message.timestamp}>{clockTime(message.timestamp, locale.value)}</time>
          </p>
        )}
        {loading && <p class="thinking"><span class="dots" aria-hidden="true"><i /><i /><i /></span> {name} is thinking…</p>}
        {content !== '' && <div class="text"><RichText text={content} />{message.edited_timestamp !== null && author.bot !== true && <small class="edited">(edited)</small>}</div>}
        {embeds.map((embed, index) => <EmbedView key={index} embed={embed} />)}
        <Attachments list={attachments} embeds={embeds} />
        <Components message={message} list={components} />
        {error !== undefined && <p class="error" role="alert"><Icon name="warning" size={16} /> {error}</p>}
        {ephemeral && <p class="private"><Icon name="eye" size={15} /> Only you can see this · <button type="button" class="link" onClick={() => hideMessage(message.id)}>Dismiss message</button></p>}
      </div>
    </article>
  )
}

function displayName({ global_name: name, username }: Message['author']): string {
  return name ?? username
}

/** The command with its sub-command, as long as it is remembered. */
function commandOf({ interaction_metadata: about }: Message): string | undefined {
  return interactions.value.find(({ id }) => id === about?.id)?.label
}

function clockTime(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso))
}
