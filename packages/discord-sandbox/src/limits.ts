/**
 * Discord's limits. Sources, each under https://docs.discord.com/developers:
 * messages `/resources/message`, components `/components/reference`, commands `/interactions/application-commands`,
 * interactions `/interactions/receiving-and-responding`, gateway `/events/gateway`, rates `/topics/rate-limits`.
 */
export const LIMITS = {
  message: { content: 2_000, embeds: 10, files: 10, nonce: 25, textInV2: 4_000, componentsInV2: 40, attachmentBytes: 10 * 2 ** 20, description: 1_024 },
  embed: { title: 256, description: 4_096, fields: 25, fieldName: 256, fieldValue: 1_024, footer: 2_048, author: 256, total: 6_000, color: 0xffffff },
  component: { rows: 5, inRow: 5, customId: 100, buttonLabel: 80, url: 512, placeholder: 150, options: 25, optionText: 100, sectionTexts: 3, galleryItems: 10 },
  modal: { title: 45, components: 5, label: 45, labelDescription: 100, inputPlaceholder: 100, inputLength: 4_000 },
  command: { name: 32, description: 100, options: 25, choices: 25, choiceName: 100, choiceValue: 100, optionLength: 6_000, total: 8_000, chatInput: 100, contextMenu: 15 },
  interaction: { firstAnswerMs: 3_000, tokenMs: 15 * 60_000, choices: 25 },
  mentions: 100,
  gateway: { heartbeatMs: 41_250, payloadBytes: 4_096, eventsPerMinute: 120, guildsPerShard: 2_500, identifyWindowMs: 5_000, identifiesPerDay: 1_000 },
  rates: { globalPerSecond: 50, invalidPerTenMinutes: 10_000 },
} as const

/** https://docs.discord.com/developers/reference#locales */
export const LOCALES: readonly string[] = ['id', 'da', 'de', 'en-GB', 'en-US', 'es-ES', 'es-419', 'fr', 'hr', 'it', 'lt', 'hu', 'nl', 'no', 'pl', 'pt-BR', 'ro', 'fi', 'sv-SE', 'vi', 'tr', 'cs', 'el', 'bg', 'ru', 'uk', 'hi', 'th', 'zh-CN', 'ja', 'zh-TW', 'ko']
