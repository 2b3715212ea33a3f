import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import type { Body } from '../discord/reply.ts'
import type { Translate } from '../texts/index.ts'
import { brandColour } from './colours.ts'

const DANGER = 0xed_42_45

/** What is stored, and what can be done with it. */
export function privacyPanel(t: Translate): Body {
  return {
    embeds: [new EmbedBuilder().setColor(brandColour).setTitle(`🔐 ${t('privacy.title')}`).setDescription(t('privacy.about'))],
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(
      button('export', t('privacy.exportButton'), ButtonStyle.Primary), button('delete', t('privacy.deleteButton'), ButtonStyle.Danger), button('keep', t('privacy.keepButton'), ButtonStyle.Secondary))],
  }
}

/** The second question before everything is deleted. @param until Unix seconds, after which the answer does not count */
export function deleteQuestion(t: Translate, until: number): Body {
  return {
    embeds: [new EmbedBuilder().setColor(DANGER).setTitle(`⚠️ ${t('privacy.deleteTitle')}`).setDescription(`${t('privacy.deleteWarning')}\n\n${t('privacy.confirmUntil', { at: until })}`)],
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(
      button('keep', t('privacy.keepButton'), ButtonStyle.Success), button('export', t('privacy.exportButton'), ButtonStyle.Primary),
      new ButtonBuilder().setCustomId(customId('privacy', 'confirm', until)).setLabel(t('privacy.confirmButton')).setStyle(ButtonStyle.Danger))],
  }
}

function button(action: 'export' | 'delete' | 'keep', label: string, style: ButtonStyle): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId('privacy', action)).setLabel(label).setStyle(style)
}
