import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10'
import type { LocalizationMap, SlashCommandBuilder, SlashCommandSubcommandBuilder } from 'discord.js'
import type { en } from '../texts/en.ts'
import type { PlainKey, Texts } from '../texts/index.ts'

type CommandKey = keyof typeof en.command
type OptionKey = keyof typeof en.option

/** Anything that has a name and a description in Discord's menu. */
interface Named {
  setName(name: string): this
  setNameLocalizations(names: LocalizationMap | null): this
  setDescription(description: string): this
  setDescriptionLocalizations(descriptions: LocalizationMap | null): this
}

/** Names and describes a command in all languages. */
export function describedCommand<Builder extends SlashCommandBuilder | SlashCommandSubcommandBuilder>(builder: Builder, texts: Texts, key: CommandKey): Builder {
  return named(builder as Named, texts, `command.${key}.name`, `command.${key}.description`) as unknown as Builder
}

/** Names and describes an option in all languages. */
export function describedOption<Option extends Named>(option: Option, texts: Texts, key: OptionKey): Option {
  return named(option, texts, `option.${key}.name`, `option.${key}.description`)
}

/** A choice whose name is translated and whose value is not. */
export function choice(texts: Texts, value: string, key: PlainKey): APIApplicationCommandOptionChoice<string> {
  return { value, name: texts.for('en')(key), name_localizations: texts.localizations(key) }
}

function named<Target extends Named>(target: Target, texts: Texts, name: PlainKey, description: PlainKey): Target {
  const english = texts.for('en')
  return target
    .setName(english(name))
    .setNameLocalizations(texts.localizations(name))
    .setDescription(english(description))
    .setDescriptionLocalizations(texts.localizations(description))
}
