/** Names that the ICU library still lists, and the ones that IANA has given these places since. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
  ['Etc/UTC', 'UTC'],
  ['Etc/UCT', 'UTC'],
  ['Etc/Universal', 'UTC'],
  ['Etc/Zulu', 'UTC'],
  ['UCT', 'UTC'],
  ['Universal', 'UTC'],
  ['Zulu', 'UTC'],
])

/** The name in use today of a zone in its proper case; most have only the one. */
export function modernName(zone: string): string {
  return renamed.get(zone) ?? zone
}

/** A zone that can be chosen, with every name under which somebody may look for it. */
export interface ListedZone {
  /** The name to store and to show. */
  readonly name: string
  /** Earlier names of the same place. */
  readonly formerly: readonly string[]
}

/** All zones of this machine, UTC first, then by name. */
export function listZones(): readonly ListedZone[] {
  const zones = Intl.supportedValuesOf('timeZone')
    .filter((zone) => modernName(zone) !== 'UTC')
    .map((zone) => ({ name: modernName(zone), formerly: renamed.has(zone) ? [zone] : [] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return [{ name: 'UTC', formerly: [] }, ...zones]
}
