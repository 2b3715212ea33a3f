import { cutTo } from '@trivia/questions/discord'
import type { EmbedBuilder } from 'discord.js'

/** All embeds of a message together have at most so many characters. */
const MOST = 6_000

/** Cuts the longest descriptions until Discord takes the message: a question that long is rare, and is shown in part. */
export function fitEmbeds(embeds: EmbedBuilder[]): EmbedBuilder[] {
  for (let excess = total(embeds) - MOST; excess > 0; excess = total(embeds) - MOST) {
    const longest = embeds.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one))
    const left = lengthOf(longest) - excess - 1
    if (left <= 0) longest.setDescription(null)
    else longest.setDescription(cutTo(longest.data.description ?? '', left))
  }
  return embeds
}

function lengthOf({ data }: EmbedBuilder): number {
  return data.description?.length ?? 0
}

function total(embeds: readonly EmbedBuilder[]): number {
  return embeds.reduce((sum, { data }) => sum + (data.title?.length ?? 0) + (data.author?.name.length ?? 0) + (data.footer?.text.length ?? 0) + (data.description?.length ?? 0) +
    (data.fields ?? []).reduce((fields, { name, value }) => fields + name.length + value.length, 0), 0)
}
