import { z } from 'zod'

const button = z.object({ type: z.literal(2), custom_id: z.string(), disabled: z.boolean().optional() })
const event = z.object({
  change: z.string(),
  channelId: z.string(),
  onlyFor: z.string().optional(),
  message: z.object({ id: z.string(), components: z.array(z.object({ components: z.array(z.unknown()).default([]) })).default([]) }).optional(),
})

/** A question that can be answered, as a message showed it. */
export interface SeenQuestion {
  readonly messageId: string
  readonly channelId: string
  readonly round: number
  /** Typed into a box instead of chosen. */
  readonly typed: boolean
}

/** The question in a message event; null if it has none that everybody can answer. */
export function questionIn(json: string): SeenQuestion | null {
  const parsed = event.safeParse(JSON.parse(json))
  if (!parsed.success || parsed.data.onlyFor !== undefined || parsed.data.message === undefined) return null
  const { message, channelId } = parsed.data
  for (const part of message.components.flatMap((row) => row.components)) {
    const found = button.safeParse(part)
    const match = found.success && found.data.disabled !== true ? /^(?<kind>answer|fill):(?<round>\d+)/.exec(found.data.custom_id)?.groups : undefined
    if (match !== undefined) return { messageId: message.id, channelId, round: Number(match['round']), typed: match['kind'] === 'fill' }
  }
  return null
}
