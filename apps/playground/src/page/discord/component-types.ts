/** https://docs.discord.com/developers/components/reference#component-object-component-types */
export const COMPONENT = {
  row: 1, button: 2, stringSelect: 3, textInput: 4, userSelect: 5, roleSelect: 6, mentionableSelect: 7, channelSelect: 8,
  section: 9, text: 10, thumbnail: 11, gallery: 12, file: 13, separator: 14, container: 17, label: 18, fileUpload: 19,
} as const

/** https://docs.discord.com/developers/components/reference#button-button-styles */
export const BUTTON = { link: 5, premium: 6 } as const
export const BUTTON_CLASSES: Readonly<Record<number, string>> = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'secondary' }

export const SELECTS: readonly number[] = [COMPONENT.stringSelect, COMPONENT.userSelect, COMPONENT.roleSelect, COMPONENT.mentionableSelect, COMPONENT.channelSelect]

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
export const OPTION = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 } as const
